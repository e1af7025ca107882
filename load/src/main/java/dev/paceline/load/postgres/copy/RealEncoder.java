package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// `real`.
final class RealEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    DoubleEncoder.number(line); // rejects what is not a number at all
    float value = line.parser().getFloatValue();
    if (Float.isInfinite(value)) {
      throw new Unfit("it is too large");
    }
    into.putInt(Float.floatToRawIntBits(value));
    return true;
  }
}
