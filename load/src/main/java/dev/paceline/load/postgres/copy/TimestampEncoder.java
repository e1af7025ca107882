package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Iso8601;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// `timestamp` and `timestamptz`: microseconds since 2000. A fraction is cut to the six digits that
/// Postgres keeps.
///
/// An instant needs `Z` or an offset. A local time may end in `Z` as well, which then means nothing
/// (Strava's `start_date_local`), but not in an offset: that would be an instant.
final class TimestampEncoder implements Encoder {

  private static final int SECONDS_END = 19;
  private static final int FRACTION = 6;
  private static final long MICROS = 1_000_000L;
  private static final long DAY = 24L * 60 * 60;
  private static final int MAX_OFFSET_HOURS = 15;

  private final boolean instant;

  /// @param instant whether this is `timestamptz`
  TimestampEncoder(boolean instant) {
    this.instant = instant;
  }

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    if (line.token() != JsonToken.VALUE_STRING) {
      throw Iso8601.malformed();
    }
    JsonParser parser = line.parser();
    into.putLong(
        micros(
            new Iso8601(parser.getTextCharacters(), parser.getTextOffset()),
            parser.getTextLength()));
    return true;
  }

  long micros(Iso8601 text, int length) throws Unfit {
    if (length < SECONDS_END || (text.at(10) != 'T' && text.at(10) != ' ')) {
      throw Iso8601.malformed();
    }
    long day = text.epochDay() - DateEncoder.EPOCH_DAY;
    long second = day * DAY + text.secondOfDay();
    int zone = endOfFraction(text, length);
    return (second - offset(text, zone, length)) * MICROS + fraction(text, zone);
  }

  private static int endOfFraction(Iso8601 text, int length) {
    if (length == SECONDS_END || text.at(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < length && Character.isDigit(text.at(end))) {
      end++;
    }
    return end;
  }

  private static long fraction(Iso8601 text, int end) throws Unfit {
    if (end == SECONDS_END + 1) {
      throw Iso8601.malformed(); // a decimal point without digits
    }
    long micros = 0;
    for (int i = 0; i < FRACTION; i++) {
      int at = SECONDS_END + 1 + i;
      micros = micros * 10 + (at < end ? text.digit(at) : 0);
    }
    return micros;
  }

  private long offset(Iso8601 text, int zone, int length) throws Unfit {
    if (zone == length) {
      if (instant) {
        throw new Unfit("it has neither Z nor an offset, so it is not an instant");
      }
      return 0;
    }
    if (text.at(zone) == 'Z' && zone + 1 == length) {
      return 0;
    }
    if (!instant) {
      throw new Unfit("it has an offset, so it is not a local time");
    }
    return signedOffset(text, zone, length);
  }

  /// `+05:45` and `+0545`, in seconds.
  private static long signedOffset(Iso8601 text, int zone, int length) throws Unfit {
    char sign = text.at(zone);
    boolean colon = length - zone == 6 && text.at(zone + 3) == ':';
    if ((sign != '+' && sign != '-') || (!colon && length - zone != 5)) {
      throw Iso8601.malformed();
    }
    int hours = text.digits(zone + 1, 2);
    int minutes = text.digits(zone + (colon ? 4 : 3), 2);
    if (hours > MAX_OFFSET_HOURS || minutes > 59) {
      throw new Unfit("there is no such offset");
    }
    long seconds = (hours * 60L + minutes) * 60;
    return sign == '-' ? -seconds : seconds;
  }
}
