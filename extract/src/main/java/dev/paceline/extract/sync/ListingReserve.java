package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Reserves enough of the day's budget to list all accounts once more, so that a run in the evening
/// finds today's ride although details of old ones are still queued.
final class ListingReserve {

  private final SyncRun run;
  private final Runnable beforeWaiting;
  private long calls;

  /// @param beforeWaiting commits what was written
  ListingReserve(SyncRun run, Runnable beforeWaiting) {
    this.run = run;
    this.beforeWaiting = beforeWaiting;
  }

  /// How many calls a listing of this many records takes.
  static long listingCalls(StreamDescription stream, long records) {
    return switch (stream.pagination()) {
      case Pagination.Keyset keyset ->
          2 + Math.ceilDiv(Math.max(0, records - keyset.size()), keyset.size() - 1L);
      case Pagination.Page page -> 1 + records / page.size();
      case Pagination.None _, Pagination.Cursor _, Pagination.Link _ -> 1;
    };
  }

  /// Sets how many calls are reserved.
  void set(long listingCalls) {
    calls = listingCalls;
  }

  /// Whether another call would leave the reserve intact.
  boolean allowsCall() {
    return run.budget().spentUntil(run.clock().now(), calls).isEmpty();
  }

  /// Whether calls are left, but no more than are reserved.
  boolean hasOnlyReserveLeft() {
    return !allowsCall() && run.budget().spentUntil(run.clock().now()).isEmpty();
  }

  /// Throws (exit 75) if another call would use the reserve.
  void ensureCallAllowed(String account) {
    Optional<Instant> spent = run.budget().spentUntil(run.clock().now(), calls);
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

  /// Waits for the budget if that is why the step failed and the run may wait. Returns whether to
  /// retry the step.
  ///
  /// @param committed whether committing before the wait succeeded; otherwise waiting is useless
  boolean waitIfBudgetSpent(Failure failure, BooleanSupplier committed) {
    Instant now = run.clock().now();
    Optional<Duration> longest = run.budget().longestSpent(now, calls);
    if (failure.exit() != Exit.TRY_AGAIN
        || longest.filter(run.waitPolicy()::shouldWait).isEmpty()) {
      return false;
    }
    Instant until = run.budget().spentUntil(now, calls).orElseThrow();
    beforeWaiting.run();
    if (!committed.getAsBoolean()) {
      return false;
    }
    return run.waitPolicy().waitUntil(until);
  }
}
