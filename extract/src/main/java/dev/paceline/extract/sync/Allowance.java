package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The calls that a run may make: the application's budget, of which enough is reserved to list all
/// accounts once more. So a run in the evening finds today's ride although details of old ones are
/// still queued.
public final class Allowance {

  private final Budget budget;
  private final ApiClock clock;
  private final Waiting waiting;
  private long reserved;

  /// @param waiting what to do when the budget is spent
  public Allowance(Budget budget, ApiClock clock, Waiting waiting) {
    this.budget = budget;
    this.clock = clock;
    this.waiting = waiting;
  }

  Budget budget() {
    return budget;
  }

  /// Sets how many calls are reserved.
  void reserve(long listingCalls) {
    reserved = listingCalls;
  }

  /// Whether another call would leave the reserve intact.
  boolean allowsCall() {
    return spentUntil().isEmpty();
  }

  /// Whether calls are left, but no more than are reserved.
  boolean hasOnlyReserveLeft() {
    return !allowsCall() && budget.spentUntil(clock.now()).isEmpty();
  }

  /// Throws (exit 75) if another call would use the reserve.
  void ensureCallAllowed(String account) {
    Optional<Instant> spent = spentUntil();
    if (spent.isPresent()) {
      throw Failure.tryAgain(
          "Reading the account " + account,
          hasOnlyReserveLeft()
              ? "the source's call budget is spent, except for what the next listing needs"
              : "the source's call budget is spent",
          "run the same command again at %s or later to continue with the queue"
              .formatted(spent.get()),
          spent.get());
    }
  }

  /// When a call is allowed that leaves the reserve intact; empty if it is allowed now.
  Optional<Instant> spentUntil() {
    return budget.spentUntil(clock.now(), reserved);
  }

  /// Whether the run should wait for the budget that is spent now.
  boolean shouldWait() {
    Optional<Duration> longest = budget.longestSpent(clock.now(), reserved);
    return longest.filter(waiting::shouldWait).isPresent();
  }

  /// Waits for the budget; returns false if the run was stopped before.
  boolean await() {
    return spentUntil().map(waiting::waitUntil).orElse(true);
  }
}
