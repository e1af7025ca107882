package dev.paceline.extract.sync;

import java.time.Duration;

/// How much a run gathers before it commits: what a kill costs at most.
///
/// @param calls to the source
/// @param bytes of records, before compression
public record CommitLimits(long calls, long bytes, Duration time) {

  /// What every run uses but those of tests.
  public static final CommitLimits STANDARD =
      new CommitLimits(100, 64L << 20, Duration.ofMinutes(5));

  boolean reached(long callsMade, long bytesGathered, Duration timePassed) {
    return callsMade >= calls || bytesGathered >= bytes || timePassed.compareTo(time) >= 0;
  }
}
