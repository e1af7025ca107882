package dev.paceline.extract.listing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.record.Records;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The records in one response of a stream.
///
/// @param cursor for the next response; empty if there is none
record ResponsePage(List<SourceRecord> records, Optional<String> cursor) {

  /// Reads a body.
  ///
  /// @throws IOException if it is not valid JSON, or not as api.yaml describes it; the message says
  ///   where
  static ResponsePage read(StreamDescription stream, byte[] body) throws IOException {
    List<SourceRecord> records =
        Records.split(JsonExtractor.extract(body, stream.records()), stream.key());
    return new ResponsePage(records, cursor(stream.pagination(), records, body));
  }

  private static Optional<String> cursor(
      Pagination pagination, List<SourceRecord> records, byte[] body) throws IOException {
    if (!(pagination instanceof Pagination.Cursor cursor)) {
      return Optional.empty();
    }
    if (cursor.nextOfLast() != null) {
      String member = cursor.nextOfLast();
      return records.isEmpty() ? Optional.empty() : records.getLast().text(member);
    }
    JsonNode next = Json.MAPPER.readTree(body).at(JsonPointer.compile(cursor.next()));
    return next.isTextual() || next.isNumber()
        ? Optional.of(next.asText()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /// Equal for two responses with the same records: the keys of the records, or their hashes if
  /// they have no keys.
  List<String> identity() {
    return records.stream()
        .map(record -> record.key().equals("[]") ? record.hash() : record.key())
        .toList();
  }
}
