package dev.paceline.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// How the values of options are read, in place of picocli's own converters, whose messages name
/// classes of Java.
final class OptionTypes {

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final LocalDate FIRST_DATE = LocalDate.EPOCH;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(365);

  private OptionTypes() {}

  static void register(CommandLine line) {
    line.registerConverter(LocalDate.class, OptionTypes::date);
    line.registerConverter(Instant.class, OptionTypes::moment);
    line.registerConverter(Duration.class, OptionTypes::duration);
    line.registerConverter(Integer.class, OptionTypes::integer);
    line.registerConverter(int.class, OptionTypes::integer);
    line.registerConverter(Long.class, OptionTypes::number);
    line.registerConverter(Path.class, OptionTypes::path);
    line.registerConverter(Boolean.class, OptionTypes::choice);
  }

  /// A date of the years 1970 to 9999.
  private static LocalDate date(String text) {
    try {
      LocalDate date = DATE.matcher(text).matches() ? LocalDate.parse(text) : LocalDate.MIN;
      if (!date.isBefore(FIRST_DATE)) {
        return date;
      }
    } catch (DateTimeParseException noSuchDay) {
      throw noDate();
    }
    throw noDate();
  }

  private static InvalidOption noDate() {
    return new InvalidOption(
        "is not a date from 1970 on", "give YYYY-MM-DD, e.g. 2026-11-28, or leave it out");
  }

  /// A moment of the years 1970 to 9999.
  private static Instant moment(String text) {
    try {
      Instant moment = Instant.parse(text);
      if (!moment.isBefore(Instant.EPOCH) && moment.isBefore(END)) {
        return moment;
      }
    } catch (DateTimeParseException malformed) {
      throw noMoment();
    }
    throw noMoment();
  }

  private static InvalidOption noMoment() {
    return new InvalidOption(
        "is not a time from 1970 on", "give a time with its zone, e.g. 2026-11-28T05:00:00Z");
  }

  private static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
      throw noDuration(
          duration.isPositive() ? "is longer than a year" : "is not a positive duration");
    } catch (DateTimeParseException malformed) {
      throw noDuration("is not a duration");
    }
  }

  private static InvalidOption noDuration(String what) {
    return new InvalidOption(what, "write five minutes as PT5M, ninety seconds as PT90S");
  }

  private static Integer integer(String text) {
    long number = number(text);
    if (number != (int) number) {
      throw noNumber();
    }
    return (int) number;
  }

  private static Long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw noNumber();
    }
    return Long.valueOf(text);
  }

  private static InvalidOption noNumber() {
    return new InvalidOption("is not a whole number", "give a whole number in digits, e.g. 50");
  }

  /// Of an option that a variable or the settings file may set; a plain switch has no value.
  private static Boolean choice(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidOption("is neither true nor false", "give one of the two");
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException malformed) {
      throw new InvalidOption(
          "is not the path of a file", "give a path that is valid on this system");
    }
  }
}
