package dev.paceline.extract.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The response to the call of one record: an object, or a list.
///
/// @param raw its JSON token for token, without white space between tokens
/// @param hash equal if two documents have the same meaning. A large document, such as the streams
///   of a long ride, has the hash of its bytes, which takes a tenth of the time
@SuppressWarnings("ArrayRecordComponent") // compared by hash
public record Document(byte[] raw, String hash) implements Content {

  /// An empty list.
  public static final Document EMPTY =
      new Document("[]".getBytes(StandardCharsets.UTF_8), CanonicalHash.OF_ABSENT);

  /// From this size on, the canonical hash takes too long.
  private static final int LARGE_BYTES = 64 << 10;

  /// Reads a body.
  ///
  /// @throws IOException if it is not valid JSON, or neither an object nor an array; the message
  ///   says where
  public static Content read(JsonSlice body) throws IOException {
    JsonScanner scanner = new JsonScanner(body);
    char first = scanner.peek();
    if (first != '{' && first != '[') {
      throw new MalformedJson("it is neither an object nor an array");
    }
    JsonSlice json = scanner.value();
    scanner.end();
    try {
      return of(json);
    } catch (LimitExceeded exceeded) {
      return new TooMuch(
          String.valueOf(exceeded.getMessage()), json.beginning(Content.BEGINNING_BYTES));
    }
  }

  /// A document of the lake, or of a body.
  ///
  /// @throws IOException if it is not valid JSON
  public static Document of(JsonSlice json) throws IOException, LimitExceeded {
    Minified.ensureFits(json);
    byte[] raw = Minified.of(json);
    if (raw.length < LARGE_BYTES) {
      return new Document(raw, CanonicalHash.of(json));
    }
    ExactJson.check(json);
    return new Document(raw, ByteHash.of(JsonSlice.of(raw)));
  }
}
