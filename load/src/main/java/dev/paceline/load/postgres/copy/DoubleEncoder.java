package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.RejectedRecord;
import java.io.IOException;

/// `double precision`.
final class DoubleEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, RejectedRecord {
    into.putLong(Double.doubleToRawLongBits(number(line)));
    return true;
  }

  /// The current number; one that is too large for a double is rejected, not made infinite.
  static double number(Line line) throws IOException, RejectedRecord {
    if (!line.token().isNumeric()) {
      throw new RejectedRecord("it is not a number");
    }
    double value = line.parser().getDoubleValue();
    if (Double.isInfinite(value)) {
      throw new RejectedRecord("it is too large");
    }
    return value;
  }
}
