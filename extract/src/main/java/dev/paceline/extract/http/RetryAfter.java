package dev.paceline.extract.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/// The `Retry-After` of a response: seconds, or a date by the source's clock.
final class RetryAfter {

  private RetryAfter() {}

  /// How long the source asks the client to wait; empty if it does not say, or the header cannot be
  /// parsed.
  static Optional<Duration> of(Map<String, String> headers, Instant now) {
    String header = headers.getOrDefault("Retry-After", "").strip();
    if (header.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    Instant date = DateUtils.parseStandardDate(header);
    if (date == null) {
      return Optional.empty();
    }
    return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
  }
}
