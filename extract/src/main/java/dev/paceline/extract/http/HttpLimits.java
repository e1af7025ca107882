package dev.paceline.extract.http;

import java.time.Duration;

/// How long one try of a call may take, and how much it may bring.
///
/// @param connect until there is a connection
/// @param read the longest silence while an answer comes
/// @param total of one try, however steadily its answer drips
/// @param bytes of a body when it is inflated; it is held in memory
public record HttpLimits(Duration connect, Duration read, Duration total, int bytes) {

  public static final HttpLimits STANDARD =
      new HttpLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), 64 << 20);
}
