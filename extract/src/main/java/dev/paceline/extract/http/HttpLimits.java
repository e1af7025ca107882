package dev.paceline.extract.http;

import java.time.Duration;

/// The limits of one attempt of a call.
///
/// @param connect the time to connect
/// @param read the longest time without data while a response arrives
/// @param total the time of the attempt, however steadily its response arrives
/// @param bytes the size of a body after decompression; most readers hold it in memory, and a heap
///   of 128 MiB carries it, and the previous one, with what is made of them
public record HttpLimits(Duration connect, Duration read, Duration total, long bytes) {

  public static final HttpLimits STANDARD =
      new HttpLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), 16 << 20);
}
