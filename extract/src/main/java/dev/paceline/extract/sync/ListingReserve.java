package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Keeps so much of the day's budget back that all accounts can be listed once more: whoever asks
/// in the evening for today's ride shall get it, though details of old ones are still queued.
final class ListingReserve {

  private final SyncRun run;
  private final Runnable beforeWaiting;
  private long calls;

  /// @param beforeWaiting commits what there is
  ListingReserve(SyncRun run, Runnable beforeWaiting) {
    this.run = run;
    this.beforeWaiting = beforeWaiting;
  }

  /// How many calls a listing of so many records takes.
  static long listingCalls(StreamDescription stream, long records) {
    return switch (stream.pagination()) {
      case Pagination.Keyset keyset ->
          2 + Math.ceilDiv(Math.max(0, records - keyset.size()), keyset.size() - 1L);
      case Pagination.Page page -> 1 + records / page.size();
      case Pagination.None _, Pagination.Cursor _, Pagination.Link _ -> 1;
    };
  }

  void reserve(long listingCalls) {
    calls = listingCalls;
  }

  /// Whether another call would leave enough.
  boolean allowsCall() {
    return run.budget().spentUntil(run.clock().now(), calls).isEmpty();
  }

  /// Whether calls are left, but no more than are kept.
  boolean hasOnlyReserveLeft() {
    return !allowsCall() && run.budget().spentUntil(run.clock().now()).isEmpty();
  }

  /// Throws (exit 75) where another call would leave too little.
  void ensureCallAllowed(String account) {
    Optional<Instant> spent = run.budget().spentUntil(run.clock().now(), calls);
    if (spent.isPresent()) {
      throw Failure.tryAgain(
          "Reading the account " + account,
          hasOnlyReserveLeft()
              ? "the source's budget of calls is spent, but for what the next listing takes"
              : "the source's budget of calls is spent",
          "run the same command again from %s on: the queue goes on".formatted(spent.get()),
          spent.get());
    }
  }

  /// Whether the run has waited for the budget, and the step is worth another try.
  ///
  /// @param sound asked once all is committed: where that fails, waiting is of no use
  boolean waitIfBudgetSpent(Failure failure, BooleanSupplier sound) {
    Optional<Instant> until = run.budget().spentUntil(run.clock().now(), calls);
    if (failure.exit() != Exit.TRY_AGAIN || until.isEmpty() || !run.waitPolicy().shouldWait()) {
      return false;
    }
    beforeWaiting.run();
    if (!sound.getAsBoolean()) {
      return false;
    }
    run.progress().show(() -> "the budget is spent; waiting until " + until.get());
    return run.waitPolicy().waitUntil(until.get());
  }
}
