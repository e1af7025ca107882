package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// `boolean`.
final class BooleanEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    if (!line.token().isBoolean()) {
      throw new Unfit("it is neither true nor false");
    }
    into.putByte(line.parser().getBooleanValue() ? 1 : 0);
    return true;
  }
}
