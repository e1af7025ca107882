package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// What one record's call answered: an object, or a list.
///
/// @param raw its JSON token for token, without white space between tokens
/// @param hash equal where two documents say the same in other words; a large one, such as the
///   streams of a long ride, has that of its bytes, which takes a tenth of the time
@SuppressWarnings("ArrayRecordComponent") // compared by hash
public record Document(byte[] raw, String hash) {

  /// An empty list.
  public static final Document EMPTY = listOf(List.of());

  /// From so many bytes on, the time that a hash takes counts.
  private static final int LARGE = 64 << 10;

  /// Reads a body.
  ///
  /// @throws IOException where it is no JSON, or neither an object nor an array; the message says
  ///   where
  public static Document read(byte[] body) throws IOException {
    try (JsonParser parser = Records.parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null || !first.isStructStart()) {
        throw new IOException("it is neither an object nor an array");
      }
      byte[] raw = Records.minify(body, 0, body.length);
      String hash = raw.length < LARGE ? CanonicalHash.of(parser) : hashOfBytes(parser, raw);
      if (parser.nextToken() != null) {
        throw new IOException("something follows its end");
      }
      return new Document(raw, hash);
    }
  }

  /// Two checksums of 32 bits: they tell apart, they prove nothing. The parser reads to the end,
  /// for a body that was cut is no JSON.
  private static String hashOfBytes(JsonParser parser, byte[] raw) throws IOException {
    parser.skipChildren();
    CRC32 one = new CRC32();
    one.update(raw);
    CRC32C other = new CRC32C();
    other.update(raw);
    return HexFormat.of().toHexDigits(one.getValue() << Integer.SIZE | other.getValue());
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
      throw new IllegalStateException("Records that were cut out are no JSON.", impossible);
    }
  }
}
