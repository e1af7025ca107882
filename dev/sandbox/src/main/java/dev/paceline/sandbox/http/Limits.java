package dev.paceline.sandbox.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How many calls an application may make: overall and reads only, each per quarter-hour and per
/// day.
public record Limits(Pair overall, Pair read) {
  /// The limits of a new application.
  private static final Limits STRAVA = new Limits(new Pair(200, 2_000), new Pair(100, 1_000));

  /// Never reached, but the headers are still sent.
  private static final Limits OFF =
      new Limits(new Pair(1_000_000, 10_000_000), new Pair(1_000_000, 10_000_000));

  private static final String FORMS =
      "give strava, off, or overall and read limits as quarter/day,quarter/day, such as 400/4000,200/2000";

  record Pair(int quarter, int day) {
    String header() {
      return quarter + "," + day;
    }
  }

  /// Throws [IllegalArgumentException] with a sentence if the text has none of the accepted forms.
  public static Limits parse(String text) {
    return switch (text) {
      case "strava" -> STRAVA;
      case "off" -> OFF;
      default -> {
        String[] both = text.split(",", -1);
        if (both.length != 2) {
          throw invalid(text, null);
        }
        yield new Limits(pair(both[0], text), pair(both[1], text));
      }
    };
  }

  private static Pair pair(String half, String text) {
    String[] numbers = half.split("/", -1);
    try {
      Pair pair =
          new Pair(Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()));
      if (numbers.length == 2 && pair.quarter() > 0 && pair.day() > 0) {
        return pair;
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
  }

  private static IllegalArgumentException invalid(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "\"%s\" is not a set of limits; %s.".formatted(text, FORMS), cause);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d/%d,%d/%d", overall.quarter(), overall.day(), read.quarter(), read.day());
  }
}
