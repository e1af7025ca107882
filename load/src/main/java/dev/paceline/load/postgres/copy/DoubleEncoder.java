package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// `double precision`.
final class DoubleEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    into.putLong(Double.doubleToRawLongBits(number(line)));
    return true;
  }

  /// The current number; one that is too large for a double is rejected, not made infinite.
  static double number(Line line) throws IOException, Unfit {
    if (!line.token().isNumeric()) {
      throw new Unfit("it is not a number");
    }
    double value = line.parser().getDoubleValue();
    if (Double.isInfinite(value)) {
      throw new Unfit("it is too large");
    }
    return value;
  }
}
