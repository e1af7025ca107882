package dev.paceline.extract.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Extracts a part of a JSON body, byte for byte.
final class JsonExtractor {

  private JsonExtractor() {}

  /// The bytes of the value at a JSON pointer; the whole body if the pointer is absent.
  ///
  /// @throws IOException if the body is not valid JSON, or has no value there
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

  /// Moves from the current value to the first token of the value at a pointer; returns whether it
  /// exists.
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

  /// Reads to the end, because a body may be truncated after the value.
  private static void ensureWhole(JsonParser parser) throws IOException {
    JsonToken last = parser.currentToken();
    while (last != null) {
      last = parser.nextToken();
    }
  }
}
