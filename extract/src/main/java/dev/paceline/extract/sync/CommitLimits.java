package dev.paceline.extract.sync;

import java.time.Duration;

/// How much a run gathers before it commits: the most that a kill can cost.
///
/// @param calls to the source
/// @param bytes of records, before compression
public record CommitLimits(long calls, long bytes, Duration time) {

  /// The limits of every run except in tests.
  public static final CommitLimits STANDARD =
      new CommitLimits(100, 64L << 20, Duration.ofMinutes(5));

  boolean reached(long callsMade, long bytesGathered, Duration timePassed) {
    return callsMade >= calls || bytesGathered >= bytes || timePassed.compareTo(time) >= 0;
  }
}
