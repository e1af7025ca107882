package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/// `numeric`: groups of four decimal digits, the weight of the first, sign and scale. Exact, and
/// with the scale as written: 1.50 stays 1.50.
final class NumericEncoder implements Encoder {

  private static final int BASE = 10_000;
  private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
  private static final int GROUP = 4;
  private static final int NEGATIVE = 0x4000;

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    JsonParser parser = line.parser();
    if (!line.token().isNumeric()) {
      throw new Unfit("it is not a number");
    }
    if (line.token() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != NumberType.BIG_INTEGER
        && parser.getLongValue() != Long.MIN_VALUE) {
      integer(parser.getLongValue(), into);
    } else {
      line.requireNumberWithinLimits();
      decimal(parser.getDecimalValue(), into);
    }
    return true;
  }

  private static void integer(long value, GrowableBuffer into) {
    long remaining = Math.abs(value);
    int groups = 0;
    for (long more = remaining; more > 0; more /= BASE) {
      groups++;
    }
    header(groups, groups - 1, value < 0, 0, into);
    int at = into.length();
    for (int i = 0; i < groups; i++) {
      into.putShort(0);
    }
    for (int i = groups - 1; i >= 0; i--) {
      int digits = (int) (remaining % BASE);
      into.array()[at + 2 * i] = (byte) (digits >> 8);
      into.array()[at + 2 * i + 1] = (byte) digits;
      remaining /= BASE;
    }
  }

  private static void decimal(BigDecimal value, GrowableBuffer into) {
    int scale = Math.max(value.scale(), 0);
    int afterPoint = (scale + GROUP - 1) / GROUP; // groups after the point
    BigInteger remaining = value.abs().setScale(afterPoint * GROUP).unscaledValue();
    int[] digits = new int[remaining.bitLength() / 13 + 1]; // a group needs more than 13 bits
    int groups = 0;
    while (remaining.signum() > 0) {
      BigInteger[] divided = remaining.divideAndRemainder(BIG_BASE);
      digits[groups++] = divided[1].intValue();
      remaining = divided[0];
    }
    header(groups, groups - afterPoint - 1, value.signum() < 0, scale, into);
    for (int i = groups - 1; i >= 0; i--) {
      into.putShort(digits[i]);
    }
  }

  private static void header(
      int groups, int weight, boolean negative, int scale, GrowableBuffer into) {
    into.putShort(groups);
    into.putShort(groups == 0 ? 0 : weight);
    into.putShort(negative ? NEGATIVE : 0);
    into.putShort(scale);
  }

  /// 1.50 equals 1.5, although their scales differ.
  @Override
  public boolean isSame(GrowableBuffer one, GrowableBuffer other) {
    return one.hasSameBytesAs(other) || decoded(one).compareTo(decoded(other)) == 0;
  }

  private static BigDecimal decoded(GrowableBuffer encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.array(), 0, encoded.length());
    int groups = in.getShort();
    int weight = in.getShort();
    boolean negative = in.getShort() == NEGATIVE;
    in.getShort(); // the scale
    BigInteger digits = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      digits = digits.multiply(BIG_BASE).add(BigInteger.valueOf(in.getShort()));
    }
    return new BigDecimal(negative ? digits.negate() : digits, GROUP * (groups - weight - 1));
  }
}
