package dev.paceline.extract.sync;

import com.fasterxml.jackson.core.JsonParseException;
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
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// A line of a part.
///
/// @param hash of the record; null for a tombstone
/// @param data the record itself; null for a tombstone, and if only its hash was requested
record CommittedRecord(
    String key, Instant extractedAt, @Nullable String hash, @Nullable JsonNode data) {

  /// Parses a line, whose members are in the order of [Envelope].
  ///
  /// @param withData whether to parse the record itself: one of 20,000 points makes a large tree
  /// @throws IOException if it is not a line of a part
  static CommittedRecord parse(String line, boolean withData) throws IOException {
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
          case Envelope.EXTRACTED_AT -> extractedAt = instant(parser);
          case Envelope.DATA -> {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            data = withData ? parser.readValueAsTree() : null;
            hash = data == null ? hashOfRest(line, begin) : CanonicalHash.of(data);
            parser.skipChildren();
          }
          default -> parser.skipChildren();
        }
      }
    }
    return new CommittedRecord(key, extractedAt, hash, data);
  }

  private static Instant instant(JsonParser parser) throws IOException {
    try {
      return Instant.parse(parser.getText());
    } catch (DateTimeParseException malformed) {
      throw new JsonParseException(parser, "it is not a time", malformed);
    }
  }

  /// The record is the last member of its line, before the closing brace.
  private static String hashOfRest(String line, int begin) throws IOException {
    byte[] record = line.substring(begin, line.length() - 1).getBytes(StandardCharsets.UTF_8);
    return Document.read(record).hash();
  }
}
