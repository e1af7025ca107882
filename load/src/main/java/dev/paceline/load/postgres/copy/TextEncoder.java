package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import dev.paceline.load.rows.Utf8;
import java.io.IOException;

/// `text`: strings only, because a string that became a number is a change worth knowing about.
final class TextEncoder implements Encoder {

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    if (line.token() != JsonToken.VALUE_STRING) {
      throw new Unfit("it is not a string");
    }
    JsonParser parser = line.parser();
    Utf8.encode(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), into);
    return true;
  }
}
