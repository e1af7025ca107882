package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A response of which only the beginning is kept.
///
/// @param headers by name, in any letter case
/// @param body its first 64 KiB after decompression
/// @param size how many bytes of it were read
/// @param date the source's time
/// @param message the message of an error, on one line; empty if it is not an error
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(
    int status, Map<String, String> headers, byte[] body, long size, Instant date, String message) {

  /// The body as a tree. Only for responses that carry no records: a large one is refused.
  ///
  /// @throws IOException if it is not valid JSON
  public JsonNode json() throws IOException {
    if (body.length >= ResponseBody.KEPT_BYTES) {
      throw new IOException("it has %d bytes or more".formatted(body.length));
    }
    return Json.MAPPER.readTree(body);
  }

  /// How long the source asks the client to wait; empty if it does not say.
  Optional<Duration> retryAfter() {
    return RetryAfter.of(headers, date);
  }
}
