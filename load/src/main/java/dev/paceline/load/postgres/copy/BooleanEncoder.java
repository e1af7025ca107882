package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Bytes;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Misfit;
import java.io.IOException;

/// `boolean`.
final class BooleanEncoder implements Encoder {

  @Override
  public boolean encode(Line line, Bytes into) throws IOException, Misfit {
    if (!line.token().isBoolean()) {
      throw new Misfit("it is neither true nor false");
    }
    into.putByte(line.parser().getBooleanValue() ? 1 : 0);
    return true;
  }
}
