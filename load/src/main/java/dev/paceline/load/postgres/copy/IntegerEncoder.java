package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.RejectedRecord;
import java.io.IOException;
import java.math.BigDecimal;

/// `smallint`, `integer` and `bigint`. A float without a fraction is an integer too: sources write
/// 3600 today and 3600.0 tomorrow.
final class IntegerEncoder implements Encoder {

  /// No bigint has more; expanding a larger exponent would only be expensive.
  private static final int MAX_DIGITS = 19;

  /// A number of at most this many characters is whole if its nearest double is.
  private static final int EXACT_CHARACTERS = 15;

  private static final double EXACT_BELOW = 1L << 53;

  private final int width;
  private final long minimum;
  private final long maximum;

  /// @param width in bytes
  IntegerEncoder(int width) {
    this.width = width;
    this.minimum = -1L << (8 * width - 1);
    this.maximum = ~minimum;
  }

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, RejectedRecord {
    long value =
        switch (line.token()) {
          case VALUE_NUMBER_INT -> integer(line.parser());
          case VALUE_NUMBER_FLOAT -> integral(line.parser());
          default -> throw new RejectedRecord("it is not a number");
        };
    if (value < minimum || value > maximum) {
      throw outOfRange();
    }
    switch (width) {
      case Short.BYTES -> into.putShort((int) value);
      case Integer.BYTES -> into.putInt((int) value);
      default -> into.putLong(value);
    }
    return true;
  }

  private long integer(JsonParser parser) throws IOException, RejectedRecord {
    if (parser.getNumberType() == NumberType.BIG_INTEGER) {
      throw outOfRange();
    }
    return parser.getLongValue();
  }

  private long integral(JsonParser parser) throws IOException, RejectedRecord {
    double nearest = parser.getDoubleValue();
    boolean exact = parser.getTextLength() <= EXACT_CHARACTERS && Math.abs(nearest) < EXACT_BELOW;
    if (exact && nearest == Math.rint(nearest) && nearest != 0) { // 1e-999 would be 0 as well
      return (long) nearest;
    }
    BigDecimal value = parser.getDecimalValue().stripTrailingZeros();
    if (value.scale() > 0) {
      throw new RejectedRecord("it is not a whole number");
    }
    if (value.precision() - (long) value.scale() > MAX_DIGITS) {
      throw outOfRange();
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw outOfRange();
    }
  }

  private RejectedRecord outOfRange() {
    return new RejectedRecord("it is not between %d and %d".formatted(minimum, maximum));
  }
}
