package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// `jsonb`: a version byte, then the value's own text.
final class JsonbEncoder implements Encoder {

  static final int VERSION = 1;

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    into.putByte(VERSION);
    line.copyValue(into);
    return true;
  }
}
