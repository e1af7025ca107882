package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.ReaderBasedJsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paceline.lake.log.RecordLimits;
import java.io.IOException;
import java.io.InputStream;

/// Parses the JSON of records. Numbers are exact, and those beyond [RecordLimits] are refused
/// before anything is computed with them.
public final class ExactJson {

  /// How deep a value may be nested.
  private static final int MAX_DEPTH = 1000;

  /// How long the name of a member may be.
  private static final int MAX_NAME_BYTES = 50_000;

  /// How many characters of a number are quoted.
  private static final int MAX_SHOWN = 20;

  /// Names are not interned: a response may have a million different ones.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME_BYTES)
                          .maxNumberLength(RecordLimits.NUMBER_CHARACTERS)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ExactJson() {}

  /// Parses a key.
  ///
  /// @throws IOException if the text is not valid JSON
  public static JsonNode parse(String key) throws IOException {
    return MAPPER.readTree(key);
  }

  /// Parses a small value.
  ///
  /// @throws IOException if it is not valid JSON
  public static JsonNode parse(JsonSlice json) throws IOException, LimitExceeded {
    check(json);
    return MAPPER.readTree(json.bytes(), json.start(), json.length());
  }

  /// Checks that a value is valid JSON within the limits.
  ///
  /// @throws IOException if it is not valid JSON
  static void check(JsonSlice json) throws IOException, LimitExceeded {
    try (JsonParser parser = parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()) {
          checkNumber(parser);
        }
      }
    } catch (StreamConstraintsException tooMuch) {
      throw exceeded(tooMuch);
    }
  }

  static void checkNumber(JsonParser parser) throws IOException, LimitExceeded {
    char[] text = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int length = parser.getTextLength();
    if (!RecordLimits.allowNumber(text, offset, length)) {
      String shown = new String(text, offset, Math.min(length, MAX_SHOWN));
      throw new LimitExceeded(
          "the number %s%s has more than %d digits"
              .formatted(shown, length > MAX_SHOWN ? "…" : "", RecordLimits.NUMBER_DIGITS));
    }
  }

  static LimitExceeded exceeded(StreamConstraintsException tooMuch) {
    String message = tooMuch.getOriginalMessage();
    return new LimitExceeded(message.replaceFirst(", from `[^`]*`", ""));
  }

  /// A parser of one value.
  static JsonParser parser(JsonSlice json) throws IOException {
    JsonParser parser = MAPPER.createParser(json.bytes(), json.start(), json.length());
    if (parser instanceof ReaderBasedJsonParser) { // for UTF-16 and UTF-32, without byte positions
      throw new MalformedJson("it is not UTF-8");
    }
    return parser;
  }

  static JsonParser parser(InputStream json) throws IOException {
    return MAPPER.createParser(json);
  }
}
