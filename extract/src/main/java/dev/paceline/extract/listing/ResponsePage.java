package dev.paceline.extract.listing;

import com.fasterxml.jackson.core.JsonPointer;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.record.JsonMembers;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.Records;
import dev.paceline.extract.record.SourceRecord;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
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
    List<SourceRecord> records = Records.split(records(stream, body), stream.key());
    return new ResponsePage(records, cursor(stream.pagination(), records, body));
  }

  /// The part of a body that contains the records.
  static JsonSlice records(StreamDescription stream, byte[] body) throws IOException {
    JsonSlice whole = JsonSlice.of(body);
    String pointer = stream.endpoint().records();
    return pointer == null ? whole : JsonMembers.extract(whole, pointer);
  }

  private static Optional<String> cursor(
      Pagination pagination, List<SourceRecord> records, byte[] body) throws IOException {
    if (!(pagination instanceof Pagination.Cursor cursor)) {
      return Optional.empty();
    }
    String member = cursor.nextOfLast();
    if (member == null) {
      return JsonMembers.scalar(JsonSlice.of(body), Objects.requireNonNull(cursor.next(), "next"))
          .filter(text -> !text.isBlank());
    }
    return records.isEmpty()
        ? Optional.empty()
        : JsonMembers.scalar(
            records.getLast().json(), JsonPointer.empty().appendProperty(member).toString());
  }

  /// Equal for two responses with the same records: the keys of the records, or their hashes if
  /// they have no keys.
  List<String> identity() {
    return records.stream()
        .map(record -> record.key().equals("[]") ? record.hash() : record.key())
        .toList();
  }
}
