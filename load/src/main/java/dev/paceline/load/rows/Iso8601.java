package dev.paceline.load.rows;

import java.time.LocalDate;
import java.time.YearMonth;

/// Reads the digits of a date and a time at fixed positions, without creating strings.
public final class Iso8601 {

  private static final String REASON = "it is not a date and time like 2026-10-31T05:00:00Z";

  private final char[] text;
  private final int offset;

  public Iso8601(char[] text, int offset) {
    this.text = text;
    this.offset = offset;
  }

  /// The day of `uuuu-MM-dd` in the first ten characters, in the years 1 to 9999.
  public long epochDay() throws Unfit {
    expect(4, '-');
    expect(7, '-');
    int year = digits(0, 2) * 100 + digits(2, 2);
    int month = digits(5, 2);
    int day = digits(8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) {
      throw new Unfit("there is no such day");
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  private static int lengthOf(int year, int month) {
    return month == 2 ? YearMonth.of(year, 2).lengthOfMonth() : 30 + ((month + month / 8) & 1);
  }

  /// The second of the day of `HH:mm:ss` from the eleventh character on.
  public int secondOfDay() throws Unfit {
    expect(13, ':');
    expect(16, ':');
    int hour = digits(11, 2);
    int minute = digits(14, 2);
    int second = digits(17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new Unfit("there is no such time of day");
    }
    return (hour * 60 + minute) * 60 + second;
  }

  public char at(int index) {
    return text[offset + index];
  }

  public int digit(int index) throws Unfit {
    int digit = at(index) - '0';
    if (digit < 0 || digit > 9) {
      throw malformed();
    }
    return digit;
  }

  public int digits(int index, int count) throws Unfit {
    int value = 0;
    for (int i = index; i < index + count; i++) {
      value = value * 10 + digit(i);
    }
    return value;
  }

  private void expect(int index, char expected) throws Unfit {
    if (at(index) != expected) {
      throw malformed();
    }
  }

  public static Unfit malformed() {
    return new Unfit(REASON);
  }
}
