package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The store's own time, so that an object's age does not depend on this host's clock.
final class S3Time {

  private S3Time() {}

  /// When a response was made. Without it nobody knows whether a lock has expired.
  ///
  /// @param doing for the message of the failure (exit 78) if the store does not send its time
  static Instant of(String doing, GetObjectResponse response) {
    String date = response.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException malformed) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "the store does not say what time it is: the header Date of its response is \"%s\""
              .formatted(date),
          "use a store, or a proxy in front of it, that sends the time",
          malformed);
    }
  }
}
