package dev.paceline.extract.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds a part of an answer, byte for byte.
final class JsonExtractor {

  private JsonExtractor() {}

  /// The bytes of what a JSON pointer leads to; the whole body where it is absent.
  ///
  /// @throws IOException where the body is no JSON, or has nothing there
  static byte[] extract(byte[] body, @Nullable String pointer) throws IOException {
    if (pointer == null) {
      return body;
    }
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      parser.nextToken();
      if (!descend(parser, JsonPointer.compile(pointer))) {
        throw new IOException("it has nothing at " + pointer);
      }
      int start = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      int end = (int) parser.currentLocation().getByteOffset();
      ensureWhole(parser);
      return Arrays.copyOfRange(body, start, end);
    }
  }

  /// Goes to the first token of what a pointer leads to, from the value that the parser is at.
  private static boolean descend(JsonParser parser, JsonPointer pointer) throws IOException {
    if (pointer.matches()) {
      return true;
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean here = pointer.matchesProperty(parser.currentName());
        parser.nextToken();
        if (here) {
          return descend(parser, pointer.tail());
        }
        parser.skipChildren();
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        if (pointer.matchesElement(i)) {
          return descend(parser, pointer.tail());
        }
        parser.skipChildren();
      }
    }
    return false;
  }

  /// A body may be cut behind what is looked for.
  private static void ensureWhole(JsonParser parser) throws IOException {
    JsonToken last = parser.currentToken();
    while (last != null) {
      last = parser.nextToken();
    }
  }
}
