package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Bytes;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Misfit;
import java.io.IOException;

/// `real`.
final class RealEncoder implements Encoder {

  @Override
  public boolean encode(Line line, Bytes into) throws IOException, Misfit {
    DoubleEncoder.number(line); // says whether it is a number at all
    float value = line.parser().getFloatValue();
    if (Float.isInfinite(value)) {
      throw new Misfit("it is too large");
    }
    into.putInt(Float.floatToRawIntBits(value));
    return true;
  }
}
