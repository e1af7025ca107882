package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Skips a value and rejects what JSON allows and jsonb does not: the character 0, half a surrogate
/// pair, and numbers with too many digits.
final class JsonbValidator {

  private JsonbValidator() {}

  static void skipValue(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (true) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME, VALUE_STRING ->
            Utf8.check(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case VALUE_NUMBER_FLOAT -> line.requireNumberWithinLimits();
        default -> {} // true, false, null, and whole numbers, whose length the parser limits
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }
}
