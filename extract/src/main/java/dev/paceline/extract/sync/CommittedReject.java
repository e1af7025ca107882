package dev.paceline.extract.sync;

import dev.paceline.extract.record.ExactJson;
import dev.paceline.extract.record.JsonMembers;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.LimitExceeded;
import dev.paceline.lake.log.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A line of the stream `_rejected`.
///
/// @param key the name of a stream, and the key of its record
/// @param status of the response
record CommittedReject(String key, Instant extractedAt, int status, String reason) {

  // The names of the members of dev.paceline.lake.log.Reject in a line.
  private static final String STATUS = "status";
  private static final String REASON = "reason";

  static CommittedReject parse(JsonSlice line) throws MalformedLine {
    try {
      return new CommittedReject(
          ExactJson.parse(CommittedRecord.required(line, Envelope.KEY)).toString(),
          Instant.parse(text(line, Envelope.EXTRACTED_AT)),
          Integer.parseInt(text(line, STATUS)),
          text(line, REASON));
    } catch (IOException | LimitExceeded | DateTimeParseException | NumberFormatException e) {
      throw new MalformedLine(e);
    }
  }

  private static String text(JsonSlice line, String member) throws IOException, MalformedLine {
    return JsonMembers.scalar(CommittedRecord.required(line, member))
        .orElseThrow(() -> new MalformedLine("its %s is not a text".formatted(member)));
  }
}
