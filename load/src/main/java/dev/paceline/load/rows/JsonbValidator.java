package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/// Skips a value and rejects what JSON allows and jsonb does not: the character 0, half a surrogate
/// pair, and numbers beyond `numeric`.
final class JsonbValidator {

  private JsonbValidator() {}

  static void skipValue(JsonParser parser) throws IOException, RejectedRecord {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (true) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME, VALUE_STRING ->
            Utf8.check(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case VALUE_NUMBER_FLOAT -> NumberLimits.check(parser.getDecimalValue());
        case VALUE_NUMBER_INT -> checkInteger(parser);
        default -> {} // true, false, null
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static void checkInteger(JsonParser parser) throws IOException, RejectedRecord {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      NumberLimits.check(new BigDecimal(parser.getBigIntegerValue()));
    }
  }
}
