package dev.paceline.extract.describe;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lengths of time and lists as people say them.
public final class Words {

  private Words() {}

  /// `15 minutes`, `1 day`, `1 hour 30 minutes`, `less than a second`.
  public static String of(Duration length) {
    if (length.toSeconds() == 0) {
      return "less than a second";
    }
    return Stream.of(
            count(length.toDaysPart(), "day"),
            count(length.toHoursPart(), "hour"),
            count(length.toMinutesPart(), "minute"),
            count(length.toSecondsPart(), "second"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String count(long number, String unit) {
    return number == 0 ? "" : "%d %s%s".formatted(number, unit, number == 1 ? "" : "s");
  }

  /// `a`, `a and b`, `a, b and c`.
  static String and(List<String> items) {
    return join(items, " and ");
  }

  static String or(List<String> items) {
    return join(items, " or ");
  }

  private static String join(List<String> items, String last) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1)) + last + items.getLast();
  }
}
