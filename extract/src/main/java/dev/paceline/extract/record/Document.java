package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// What one record's call answered: an object, or a list.
///
/// @param raw its JSON token for token, without white space between tokens
/// @param hash equal where two documents say the same in other words
@SuppressWarnings("ArrayRecordComponent") // compared by hash
public record Document(byte[] raw, String hash) {

  /// An empty list.
  public static final Document EMPTY = listOf(List.of());

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
      String hash = CanonicalHash.of(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something follows its end");
      }
      return new Document(Records.minify(body, 0, body.length), hash);
    }
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
