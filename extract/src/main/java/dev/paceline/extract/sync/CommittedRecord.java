package dev.paceline.extract.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.extract.record.CanonicalHash;
import dev.paceline.extract.record.Document;
import dev.paceline.extract.record.Records;
import dev.paceline.lake.log.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of a part.
///
/// @param hash what the record says; null in a tombstone
/// @param data the record itself; null in a tombstone, and where only its hash was asked for
record CommittedRecord(
    String key, Instant extractedAt, @Nullable String hash, @Nullable JsonNode data) {

  /// Reads a line, whose members stand in [Envelope]'s order.
  ///
  /// @param whole whether the record itself is wanted: one of 20,000 points makes a large tree
  /// @throws IOException where it is no line of a part
  static CommittedRecord parse(String line, boolean whole) throws IOException {
    String key = "";
    Instant extractedAt = Instant.EPOCH;
    String hash = null;
    JsonNode data = null;
    try (JsonParser parser = Records.parser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        switch (member) {
          case Envelope.KEY -> key = parser.<JsonNode>readValueAsTree().toString();
          case Envelope.EXTRACTED_AT -> extractedAt = Instant.parse(parser.getText());
          case Envelope.DATA -> {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            data = whole ? parser.readValueAsTree() : null;
            hash = data == null ? hashOfRest(line, begin) : CanonicalHash.of(data);
            parser.skipChildren();
          }
          default -> parser.skipChildren();
        }
      }
    }
    return new CommittedRecord(key, extractedAt, hash, data);
  }

  /// The record stands last in its line, before the closing brace.
  private static String hashOfRest(String line, int begin) throws IOException {
    byte[] record = line.substring(begin, line.length() - 1).getBytes(StandardCharsets.UTF_8);
    return Document.read(record).hash();
  }
}
