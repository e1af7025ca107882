package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.RowFormat;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;

/// An array of one type. An empty list is null: sources write "no position" as `[]`, null or
/// nothing, and the three must mean the same.
final class ArrayEncoder implements Encoder {

  private static final int FLAG_AT = 4;
  private static final int COUNT_AT = 12;
  private static final int NULL = -1;

  /// More bytes than a number takes.
  private static final int MAX_NUMBER = 1 << 10;

  private final int elementOid;
  private final Encoder element;

  ArrayEncoder(int elementOid, Encoder element) {
    this.elementOid = elementOid;
    this.element = element;
  }

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    JsonParser parser = line.parser();
    if (line.token() != JsonToken.START_ARRAY) {
      throw new Unfit("it is not a list");
    }
    int start = into.length();
    into.putInt(1); // dimensions
    into.putInt(0); // whether it contains nulls, set later
    into.putInt(elementOid);
    into.putInt(0); // number of elements, set later
    into.putInt(1); // Postgres counts from one
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!element(line, into)) {
        into.setInt(start + FLAG_AT, 1);
      }
      count++;
    }
    into.setInt(start + COUNT_AT, count);
    return count > 0;
  }

  private boolean element(Line line, GrowableBuffer into) throws IOException, Unfit {
    int sizeAt = into.length();
    if (sizeAt > RowFormat.MAX_BYTES - MAX_NUMBER) {
      throw Unfit.tooLarge();
    }
    into.putInt(NULL);
    if (line.token() == JsonToken.VALUE_NULL) {
      return false;
    }
    element.encode(line, into);
    into.setInt(sizeAt, into.length() - sizeAt - Integer.BYTES);
    return true;
  }
}
