package dev.paceline.extract;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;

/// Reads an option that is a length of time, as ISO 8601 writes it.
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration length = Duration.parse(text);
      if (length.isPositive()) {
        return length;
      }
      throw refused(text, "is not longer than nothing");
    } catch (DateTimeParseException malformed) {
      throw refused(text, "is no length of time");
    }
  }

  private static Failure refused(String text, String what) {
    return new Failure(
        Exit.USAGE,
        "Reading the command line",
        "\"%s\" %s".formatted(text, what),
        "write five minutes as PT5M, ninety seconds as PT90S");
  }
}
