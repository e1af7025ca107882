package dev.paceline.extract;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;

/// Parses an option that is an ISO 8601 duration.
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isPositive()) {
        return duration;
      }
      throw invalid(text, "is not a positive duration");
    } catch (DateTimeParseException malformed) {
      throw invalid(text, "is not a duration");
    }
  }

  private static Failure invalid(String text, String what) {
    return new Failure(
        Exit.USAGE,
        "Reading the command line",
        "\"%s\" %s".formatted(text, what),
        "write five minutes as PT5M, ninety seconds as PT90S");
  }
}
