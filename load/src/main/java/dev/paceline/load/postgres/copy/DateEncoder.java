package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// `date`, written `2026-10-31`.
final class DateEncoder implements Encoder {

  private static final int WRITTEN = 10;

  @Override
  public boolean encode(Line line, Bytes into) throws IOException, Misfit {
    boolean written =
        line.token() == JsonToken.VALUE_STRING && line.parser().getTextLength() == WRITTEN;
    if (!written) {
      throw new Misfit("it is no date like 2026-10-31");
    }
    Iso8601 text = new Iso8601(line.parser().getTextCharacters(), line.parser().getTextOffset());
    into.putInt((int) (text.epochDay() - Iso8601.EPOCH_DAY_OF_2000));
    return true;
  }
}
