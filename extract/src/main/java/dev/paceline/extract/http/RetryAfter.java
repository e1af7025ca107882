package dev.paceline.extract.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/// The `Retry-After` of an answer: seconds, or a date, which is told by the source's clock.
final class RetryAfter {

  private RetryAfter() {}

  /// How long the source asks to be left alone; empty where it does not say, or not so that it can
  /// be read.
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
