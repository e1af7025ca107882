package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.RejectedRecord;
import java.io.IOException;

/// `boolean`.
final class BooleanEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, RejectedRecord {
    if (!line.token().isBoolean()) {
      throw new RejectedRecord("it is neither true nor false");
    }
    into.putByte(line.parser().getBooleanValue() ? 1 : 0);
    return true;
  }
}
