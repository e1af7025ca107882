package dev.paceline.extract.sync;

import dev.paceline.extract.sync.AccountSteps.Advance;
import dev.paceline.extract.sync.AccountWork.ItemStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The records of an account that need a call of their own: which of them a run reads, and in which
/// order.
final class AccountItems {

  private final String account;
  private final AccountWork work;
  private final Run run;
  private final Allowance allowance;
  private final AccountSteps steps;
  private final SkippedStreams skipped;
  private final AccountState state;
  private final Verification verification;

  private FetchQueue due = FetchQueue.empty();
  private boolean finished;

  /// The records of an account whose state is open.
  AccountItems(
      String account,
      AccountWork work,
      Run run,
      Allowance allowance,
      AccountSteps steps,
      SkippedStreams skipped,
      AccountState state) {
    this.account = account;
    this.work = work;
    this.run = run;
    this.allowance = allowance;
    this.steps = steps;
    this.skipped = skipped;
    this.state = state;
    this.verification = new Verification(run);
  }

  /// Whether a run at this moment would read any.
  boolean hasDue(Instant now) {
    return !dueAt(now).isEmpty();
  }

  /// Decides which records to read because of the listings.
  void prepareReading() {
    if (!steps.haveFailed()) {
      work.scopes().ifPresent(state::granted); // the token is known to be the account's by now
    }
    due = dueAt(run.clock().now());
  }

  /// The records that should be read, without those of skipped streams.
  private FetchQueue dueAt(Instant now) {
    FetchQueue queue = FetchQueue.forDueItems(run.plan(), state, now);
    queue.removeIf(entry -> skipped.contains(entry.stream()));
    return queue;
  }

  /// Reads one of the records that the listings request.
  Advance readNext() {
    return readFrom(due, call -> apply(work.read(call)));
  }

  /// Chooses the records to read again for edits that no listing shows.
  ///
  /// @param before only records that were last read before this moment
  void prepareVerifying(Instant before) {
    if (!steps.haveFailed()) {
      verification.prepare(state, before);
    }
  }

  /// Reads one record again, or one that is read because another has changed. This uses the rest of
  /// the budget: when that is spent the run is done, and the next continues with the least recently
  /// read records.
  Advance verifyNext() {
    if (!due.isEmpty()) {
      return readNext();
    }
    return allowance.allowsCall() ? readFrom(verification.queue(), this::verify) : Advance.NONE;
  }

  private void verify(List<FetchQueue.Entry> call) {
    ItemStep step = work.read(call);
    apply(step);
    verification.read(step.changed());
  }

  /// Decides about the last records that could not be read.
  Advance finishNext() {
    if (!due.isEmpty() || steps.haveFailed() || finished) {
      return readNext();
    }
    return steps.take(() -> {
      if (work.endReading()) {
        allowance.ensureCallAllowed(account);
      }
      ItemStep step = work.finishReading();
      apply(step);
      finished = step.again().isEmpty();
    });
  }

  private Advance readFrom(FetchQueue queue, Consumer<List<FetchQueue.Entry>> read) {
    List<FetchQueue.Entry> call = queue.nextCall();
    if (steps.haveFailed() || call.isEmpty()) {
      return Advance.NONE;
    }
    if (isObsolete(call.getFirst())) {
      queue.remove(call);
      return Advance.MORE;
    }
    return steps.take(() -> {
      run.ensureNotStopped(account);
      work.ensureUsable();
      if (call.stream().anyMatch(FetchQueue.Entry::needsCall)) {
        allowance.ensureCallAllowed(account);
      }
      read.accept(call);
      queue.remove(call);
      call.forEach(entry -> due.addChildrenOf(entry, run.plan(), state, run.clock().now()));
    });
  }

  /// Whether what this run has found since it was queued leaves no reason to read it.
  private boolean isObsolete(FetchQueue.Entry entry) {
    return skipped.contains(entry.stream()) || entry.isForgotten(state);
  }

  private void apply(ItemStep step) {
    step.denied().forEach(skipped::skip);
    due.addLast(step.again());
  }

  /// How many records are still to be read by this run.
  int queued() {
    return due.size() + verification.queue().size();
  }

  /// What the next runs have left to read; null if nothing.
  ///
  /// @param listingCalls how many calls the next listings of the account take
  @Nullable QueueReport queueReport(long listingCalls) {
    Instant now = run.clock().now();
    FetchQueue left = dueAt(now);
    left.removeIf(entry -> !entry.needsCall());
    Optional<Instant> doneAt = allowance.budget().doneAt(left.calls(), 2 * listingCalls, now);
    return left.isEmpty() ? null : new QueueReport(left.byStream(), doneAt.orElse(null));
  }

  VerifyReport verifyReport() {
    return verification.report(state);
  }
}
