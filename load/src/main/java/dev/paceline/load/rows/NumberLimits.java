package dev.paceline.load.rows;

import java.math.BigDecimal;

/// How many digits a number may have: as many as `numeric` holds in Postgres.
public final class NumberLimits {

  static final int MAX_DIGITS_BEFORE_POINT = 131_072;
  static final int MAX_DIGITS_AFTER_POINT = 16_383;

  private NumberLimits() {}

  public static void check(BigDecimal value) throws RejectedRecord {
    long beforePoint = value.precision() - (long) value.scale();
    if (value.scale() > MAX_DIGITS_AFTER_POINT || beforePoint > MAX_DIGITS_BEFORE_POINT) {
      throw new RejectedRecord("it has more digits than numeric can hold");
    }
  }
}
