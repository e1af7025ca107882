package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Iso8601;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;
import java.time.LocalDate;

/// `date`, written `2026-10-31`.
final class DateEncoder implements Encoder {

  /// The day from which Postgres counts.
  static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

  private static final int LENGTH = 10;

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    boolean plausible =
        line.token() == JsonToken.VALUE_STRING && line.parser().getTextLength() == LENGTH;
    if (!plausible) {
      throw new Unfit("it is not a date like 2026-10-31");
    }
    Iso8601 text = new Iso8601(line.parser().getTextCharacters(), line.parser().getTextOffset());
    into.putInt((int) (text.epochDay() - EPOCH_DAY));
    return true;
  }
}
