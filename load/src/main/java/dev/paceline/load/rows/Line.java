package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A line while it is being read: its tokens one by one, and the bytes of a value as written.
public final class Line implements AutoCloseable {

  /// The digits of the longest `numeric`, with room for sign, point and exponent.
  private static final int LONGEST_NUMBER =
      NumberLimits.MAX_DIGITS_BEFORE_POINT + NumberLimits.MAX_DIGITS_AFTER_POINT + 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
          .build();

  private final byte[] bytes;
  private final int offset;
  private final JsonParser parser;

  Line(byte[] bytes, int offset, int length) throws IOException {
    this.bytes = bytes;
    this.offset = offset;
    this.parser = FACTORY.createParser(bytes, offset, length);
  }

  public JsonParser parser() {
    return parser;
  }

  public JsonToken token() {
    return parser.currentToken();
  }

  /// Appends the current value byte for byte, and moves to its last token. Rejects what jsonb
  /// cannot hold.
  public void copyValue(GrowableBuffer into) throws IOException, RejectedRecord {
    int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    JsonbValidator.skipValue(parser);
    parser.finishToken();
    int to = Math.toIntExact(parser.currentLocation().getByteOffset());
    into.put(bytes, offset + from, to - from);
  }

  /// The current value as written in the line, for messages.
  String currentValue() throws IOException {
    int from = offset + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    }
    parser.finishToken();
    int to = offset + Math.toIntExact(parser.currentLocation().getByteOffset());
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
