package dev.paceline.extract.sync;

import dev.paceline.extract.record.Document;
import dev.paceline.extract.record.ExactJson;
import dev.paceline.extract.record.JsonMembers;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.LimitExceeded;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.log.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line of a part.
///
/// @param data the record's JSON; null for a tombstone
record CommittedRecord(String key, Instant extractedAt, @Nullable JsonSlice data) {

  static CommittedRecord parse(JsonSlice line) throws MalformedLine {
    try {
      String key = ExactJson.parse(required(line, Envelope.KEY)).toString();
      String time =
          JsonMembers.scalar(required(line, Envelope.EXTRACTED_AT))
              .orElseThrow(() -> new MalformedLine("its time is not a text"));
      Optional<JsonSlice> data = JsonMembers.member(line, Envelope.DATA);
      return new CommittedRecord(key, Instant.parse(time), data.orElse(null));
    } catch (IOException | LimitExceeded | DateTimeParseException malformed) {
      throw new MalformedLine(malformed);
    }
  }

  /// A member that every line has.
  static JsonSlice required(JsonSlice line, String member) throws IOException, MalformedLine {
    return JsonMembers.member(line, member)
        .orElseThrow(() -> new MalformedLine("it has no " + member));
  }

  /// The record of a listing; empty for a tombstone.
  Optional<SourceRecord> record() throws MalformedLine {
    return data == null
        ? Optional.empty()
        : Optional.of(checked(data, json -> SourceRecord.of(key, json)));
  }

  /// The hash of a record that was read by a call of its own; null for a tombstone.
  @Nullable String documentHash() throws MalformedLine {
    return data == null ? null : checked(data, json -> Document.of(json).hash());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(JsonSlice json) throws IOException, LimitExceeded;
  }

  private static <T> T checked(JsonSlice data, Reading<T> reading) throws MalformedLine {
    try {
      return reading.of(data);
    } catch (IOException | LimitExceeded malformed) {
      throw new MalformedLine(malformed);
    }
  }
}
