package dev.paceline.lake.lock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// How long a lock outlives its last renewal, and when that is. Ages come from the store's clock or
/// from a monotonic one; the caller's clock only dates what a failure says.
///
/// @param clock the time from which `resume_at` is counted
/// @param ticks a monotonic clock in nanoseconds
record Lease(Duration length, InstantSource clock, LongSupplier ticks) {

  /// The monotonic time.
  long nanoTime() {
    return ticks.getAsLong();
  }

  /// The time since a monotonic time.
  Duration since(long nanos) {
    return Duration.ofNanos(nanoTime() - nanos);
  }

  /// Whether a lock of this age has outlived its lease.
  boolean isOver(Duration age) {
    return age.compareTo(length) > 0;
  }

  /// When the lease of a lock of this age is over.
  Instant endAfter(Duration age) {
    return clock.instant().plus(length).minus(age);
  }

  /// When the lease of a lock that was renewed just now is over.
  Instant end() {
    return endAfter(Duration.ZERO);
  }
}
