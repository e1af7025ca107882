package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The response to the call of one record: an object, or a list.
///
/// @param raw its JSON token for token, without white space between tokens
/// @param hash equal if two documents have the same meaning. A large document, such as the streams
///   of a long ride, has the hash of its bytes, which takes a tenth of the time
@SuppressWarnings("ArrayRecordComponent") // compared by hash
public record Document(byte[] raw, String hash) {

  /// An empty list.
  public static final Document EMPTY = listOf(List.of());

  /// From this size on, the canonical hash takes too long.
  private static final int LARGE_BYTES = 64 << 10;

  /// Reads a body.
  ///
  /// @throws IOException if it is not valid JSON, or neither an object nor an array; the message
  ///   says where
  public static Document read(byte[] body) throws IOException {
    try (JsonParser parser = Records.parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null || !first.isStructStart()) {
        throw new IOException("it is neither an object nor an array");
      }
      byte[] raw = Records.minify(body, 0, body.length);
      String hash = raw.length < LARGE_BYTES ? CanonicalHash.of(parser) : hashOfBytes(parser, raw);
      if (parser.nextToken() != null) {
        throw new IOException("there is something after its end");
      }
      return new Document(raw, hash);
    }
  }

  /// Two 32-bit checksums: enough to detect a change, not to prove equality. The parser reads to
  /// the end, because a truncated body is not valid JSON.
  private static String hashOfBytes(JsonParser parser, byte[] raw) throws IOException {
    parser.skipChildren();
    CRC32 crc = new CRC32();
    crc.update(raw);
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(raw);
    return HexFormat.of().toHexDigits(crc.getValue() << Integer.SIZE | castagnoli.getValue());
  }

  /// The records of all pages as one list.
  public static Document listOf(List<byte[]> records) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.write('[');
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        list.write(',');
      }
      list.writeBytes(records.get(i));
    }
    list.write(']');
    try {
      return read(list.toByteArray());
    } catch (IOException impossible) {
      throw new IllegalStateException("Extracted records are not valid JSON.", impossible);
    }
  }
}
