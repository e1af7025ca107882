package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Extracts records from the bytes of a response without changing a token.
public final class Records {

  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Records() {}

  /// The records of a response: the object itself, or each element of an array.
  ///
  /// @param key the members that form a record's key
  /// @throws IOException if the response is not valid JSON, or not an object or array of objects
  ///   with such keys; the message says where
  public static List<SourceRecord> split(byte[] response, List<String> key) throws IOException {
    List<SourceRecord> records = new ArrayList<>();
    try (JsonParser parser = EXACT.createParser(response)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        records.add(extract(parser, response, key));
      } else if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          records.add(extract(parser, response, key));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
          throw new IOException(
              "the element at byte %d is not an object".formatted(offset(parser)));
        }
      } else {
        throw new IOException("it is neither an object nor an array");
      }
      if (parser.nextToken() != null) {
        throw new IOException(
            "there is something after its end, at byte %d".formatted(offset(parser)));
      }
    }
    return records;
  }

  private static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private static SourceRecord extract(JsonParser parser, byte[] response, List<String> key)
      throws IOException {
    int start = (int) offset(parser);
    JsonNode json = EXACT.readTree(parser);
    int end = (int) parser.currentLocation().getByteOffset();
    return new SourceRecord(key(json, key, start), minify(response, start, end), json);
  }

  private static String key(JsonNode json, List<String> members, int start) throws IOException {
    ArrayNode key = EXACT.createArrayNode();
    for (String member : members) {
      JsonNode value = json.path(member);
      if (!value.isValueNode() || value.isNull()) {
        throw new IOException("the record at byte %d has no %s".formatted(start, member));
      }
      key.add(value);
    }
    return key.toString();
  }

  /// Parses JSON like a record, with exact numbers.
  ///
  /// @throws IOException if the text is not valid JSON
  public static JsonNode parse(String json) throws IOException {
    return EXACT.readTree(json);
  }

  /// A parser that reads JSON token by token, like a record.
  public static JsonParser parser(String json) throws IOException {
    return EXACT.createParser(json);
  }

  static JsonParser parser(byte[] json) throws IOException {
    return EXACT.createParser(json);
  }

  /// Removes the white space between tokens. Inside strings, the only one of these bytes that can
  /// occur is the space, which is kept.
  static byte[] minify(byte[] json, int start, int end) {
    if (!hasWhiteSpace(json, start, end)) {
      return Arrays.copyOfRange(json, start, end);
    }
    byte[] out = new byte[end - start];
    int length = 0;
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (inString) {
        out[length++] = b;
        if (b == '\\') {
          i++;
          out[length++] = json[i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        out[length++] = b;
        inString = b == '"';
      }
    }
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /// A ride of 20,000 points usually has none, and need not be copied byte by byte.
  private static boolean hasWhiteSpace(byte[] json, int start, int end) {
    boolean found = false;
    for (int i = start; i < end; i++) {
      found |= json[i] >= 0 && json[i] <= ' '; // bytes of 128 and above are negative
    }
    return found;
  }
}
