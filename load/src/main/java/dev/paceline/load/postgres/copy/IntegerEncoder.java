package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;
import java.math.BigDecimal;

/// `smallint`, `integer` and `bigint`. A float without a fraction is an integer too: sources write
/// 3600 today and 3600.0 tomorrow.
final class IntegerEncoder implements Encoder {

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
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    long value =
        switch (line.token()) {
          case VALUE_NUMBER_INT -> integer(line.parser());
          case VALUE_NUMBER_FLOAT -> integral(line);
          default -> throw new Unfit("it is not a number");
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

  private long integer(JsonParser parser) throws IOException, Unfit {
    if (parser.getNumberType() == NumberType.BIG_INTEGER) {
      throw outOfRange();
    }
    return parser.getLongValue();
  }

  private long integral(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    double nearest = parser.getDoubleValue();
    boolean exact = parser.getTextLength() <= EXACT_CHARACTERS && Math.abs(nearest) < EXACT_BELOW;
    if (exact && nearest == Math.rint(nearest) && nearest != 0) { // 1e-999 would be 0 as well
      return (long) nearest;
    }
    line.requireNumberWithinLimits();
    BigDecimal value = parser.getDecimalValue().stripTrailingZeros();
    if (value.scale() > 0) {
      throw new Unfit("it is not a whole number");
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw outOfRange();
    }
  }

  private Unfit outOfRange() {
    return new Unfit("it is not between %d and %d".formatted(minimum, maximum));
  }
}
