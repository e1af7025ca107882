package dev.paceline.cli;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a duration in words.
public final class DurationText {

  private DurationText() {}

  /// `15 minutes`, `1 day`, `1 hour 30 minutes`, `less than a second`.
  public static String of(Duration duration) {
    if (duration.toSeconds() == 0) {
      return "less than a second";
    }
    return Stream.of(
            count(duration.toDaysPart(), "day"),
            count(duration.toHoursPart(), "hour"),
            count(duration.toMinutesPart(), "minute"),
            count(duration.toSecondsPart(), "second"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String count(long number, String unit) {
    return number == 0 ? "" : "%d %s%s".formatted(number, unit, number == 1 ? "" : "s");
  }
}
