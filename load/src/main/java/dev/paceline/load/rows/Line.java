package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.paceline.lake.log.RecordLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A line while it is being read: its tokens one by one, and the bytes of a value as written.
public final class Line implements AutoCloseable {

  /// More than a message shows.
  private static final int MAX_SHOWN_BYTES = RecordLimits.KEY_BYTES;

  /// Takes every line for UTF-8: positions in the bytes of other encodings are not known.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(RecordLimits.NUMBER_CHARACTERS)
                  .build())
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

  /// Rejects the current number if it has more digits than a record may have. To be called before
  /// its exact value is computed, which may take seconds or all memory.
  public void requireNumberWithinLimits() throws IOException, Unfit {
    boolean allowed =
        RecordLimits.allowNumber(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    if (!allowed) {
      throw new Unfit(
          "it has more than %d digits before or after its decimal point"
              .formatted(RecordLimits.NUMBER_DIGITS));
    }
  }

  /// Appends the current value byte for byte, and moves to its last token. Rejects what jsonb
  /// cannot hold.
  public void copyValue(GrowableBuffer into) throws IOException, Unfit {
    int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    JsonbValidator.skipValue(this);
    parser.finishToken();
    int to = Math.toIntExact(parser.currentLocation().getByteOffset());
    into.put(bytes, offset + from, to - from);
  }

  /// The beginning of the current value as written in the line, for messages.
  String currentValue() throws IOException {
    int from = offset + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    }
    parser.finishToken();
    int to = offset + Math.toIntExact(parser.currentLocation().getByteOffset());
    return new String(bytes, from, Math.min(to - from, MAX_SHOWN_BYTES), StandardCharsets.UTF_8);
  }

  /// The beginning of the current text, for messages.
  String currentText() throws IOException {
    int length = Math.min(parser.getTextLength(), MAX_SHOWN_BYTES);
    return new String(parser.getTextCharacters(), parser.getTextOffset(), length);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
