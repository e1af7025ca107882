package dev.paceline.extract.sync;

import java.time.Duration;
import java.time.Instant;

/// What a run whose budget is spent does about it.
public interface Waiting {

  /// A window has ended only after its last second.
  Duration MARGIN = Duration.ofSeconds(1);

  /// Whether to wait until spent windows have ended.
  ///
  /// @param longest the length of the longest one
  boolean shouldWait(Duration longest);

  /// Waits until a moment by the source's clock; returns false if the run was stopped before.
  boolean waitUntil(Instant moment);
}
