package dev.paceline.extract.sync;

import dev.paceline.extract.sync.AccountSteps.Advance;
import dev.paceline.extract.sync.AccountWork.ItemStep;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides which step an account's run takes next: first its listings, then one by one the records
/// that they request, then those whose edits no listing shows. No failure is thrown: an account
/// that fails takes no further step, and what it has read is still committed.
final class AccountSync implements AutoCloseable {

  private final String account;
  private final AccountWork work;
  private final Run run;
  private final Allowance allowance;
  private final AccountSteps steps;
  private final SkippedStreams skipped;
  private final AccountListings listings;
  private final Verification verification;

  private @Nullable AccountState state;
  private FetchQueue due = FetchQueue.empty();
  private boolean finished;

  AccountSync(String account, AccountWork work, Run run, Allowance allowance) {
    this.account = account;
    this.work = work;
    this.run = run;
    this.allowance = allowance;
    this.steps = new AccountSteps(account, work, allowance);
    this.skipped = new SkippedStreams(run.plan());
    this.listings = new AccountListings(run, work, skipped);
    this.verification = new Verification(run);
  }

  String account() {
    return account;
  }

  /// Opens the state of the account.
  void open() {
    steps.take(() -> {
      run.ensureNotStopped(account);
      Optional<Set<String>> scopes = work.scopes();
      AccountState opened = work.open();
      state = opened;
      steps.opened();
      scopes.ifPresent(opened::granted);
      scopes.ifPresent(skipped::skipUngranted);
      skipped.skipRefused(opened, run.clock().now());
    });
  }

  /// Whether an earlier run of this day has left something to do.
  boolean hasWorkLeft(LocalDate day, Instant now) {
    AccountState known = state;
    return known != null
        && !steps.haveFailed()
        && (!listings.areCompleteOf(day, known) || !dueOf(known, now).isEmpty());
  }

  /// Whether a resumed run of this day need not list the account again: it still has a queue, or
  /// was listed recently and leaves the budget to the others.
  boolean isListedFor(LocalDate day, Instant now) {
    return state != null && (hasWorkLeft(day, now) || listings.areFresh(now, state));
  }

  /// Decides what to list.
  ///
  /// @param except a day whose complete listings need not be repeated
  void prepareListings(Optional<LocalDate> except) {
    if (state != null && !steps.haveFailed()) {
      listings.prepare(except, state);
    }
  }

  /// Takes a step of the account's listings.
  Advance listNext() {
    if (steps.haveFailed() || listings.next().isEmpty()) {
      return Advance.NONE;
    }
    Advance advance =
        steps.take(() -> {
          ensureUsable();
          listings.step();
        });
    if (steps.haveFailed() && listings.leaveOut(steps.failures().last().exit())) {
      steps.goOn();
      return Advance.MORE;
    }
    return advance;
  }

  /// Decides which records to read because of the listings.
  void prepareReading() {
    due = state == null ? due : dueOf(state, run.clock().now());
  }

  /// The records that should be read, without those of skipped streams.
  private FetchQueue dueOf(AccountState known, Instant now) {
    FetchQueue queue = FetchQueue.forDueItems(run.plan(), known, now);
    queue.removeIf(entry -> skipped.contains(entry.stream()));
    return queue;
  }

  /// Reads one of the records that the listings request.
  Advance readNext() {
    return readNext(due, call -> apply(work.read(call)));
  }

  /// Chooses the records to read again for edits that no listing shows.
  ///
  /// @param before only records that were last read before this moment
  void prepareVerifying(Instant before) {
    if (state != null && !steps.haveFailed()) {
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
    return allowance.allowsCall() ? readNext(verification.queue(), this::verify) : Advance.NONE;
  }

  private void verify(List<FetchQueue.Entry> call) {
    ItemStep step = work.read(call);
    apply(step);
    verification.read(step.changed());
  }

  /// Decides about the last records that could not be read.
  Advance finishNext() {
    if (!due.isEmpty() || steps.haveFailed() || finished || state == null) {
      return readNext();
    }
    return steps.take(() -> {
      ItemStep step = work.finishReading();
      apply(step);
      finished = step.again().isEmpty();
    });
  }

  private Advance readNext(FetchQueue queue, Consumer<List<FetchQueue.Entry>> read) {
    List<FetchQueue.Entry> call = queue.nextCall();
    if (steps.haveFailed() || call.isEmpty()) {
      return Advance.NONE;
    }
    if (isObsolete(call.getFirst())) {
      queue.remove(call);
      return Advance.MORE;
    }
    return steps.take(() -> {
      ensureUsable();
      allowance.ensureCallAllowed(account);
      read.accept(call);
      queue.remove(call);
      call.forEach(this::queueChildrenOf);
    });
  }

  /// Whether what this run has found since it was queued leaves no reason to read it.
  private boolean isObsolete(FetchQueue.Entry entry) {
    return skipped.contains(entry.stream()) || (state != null && entry.isForgotten(state));
  }

  private void queueChildrenOf(FetchQueue.Entry read) {
    if (state != null) {
      due.addChildrenOf(read, run.plan(), state, run.clock().now());
    }
  }

  private void apply(ItemStep step) {
    step.denied().forEach(skipped::skip);
    due.addLast(step.again());
  }

  private void ensureUsable() {
    run.ensureNotStopped(account);
    work.ensureUsable();
  }

  /// Ends the account's run, because the last step needs a call that the budget does not allow.
  void endEarly() {
    steps.endEarly();
  }

  /// Commits what was written. Does nothing after a commit that failed.
  void commit() {
    steps.commit();
  }

  /// Whether no step, and no commit, has failed.
  boolean canGoOn() {
    return !steps.haveFailed();
  }

  long calls() {
    return work.calls().values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many records were read, new or not.
  long records() {
    return work.counters().records();
  }

  /// How many records are still to be read.
  int queued() {
    return due.size() + verification.queue().size();
  }

  /// Bytes written since the last commit, before compression.
  long gathered() {
    return work.gathered();
  }

  /// How many calls the next listings of this account will take.
  long listingCalls() {
    return state == null ? 0 : ListingCost.of(run.plan(), state);
  }

  AccountReport report() {
    AccountState known = state;
    return new AccountReport(
        account,
        steps.failures().exit(),
        work.counters().commits(),
        work.calls(),
        work.counters().committedStreams(),
        skipped.reasons(),
        known == null ? null : queueReport(known),
        known == null ? null : RejectsReport.of(run.plan(), known),
        known == null ? null : verification.report(known),
        steps.failures().mostSevere().map(AccountReport::error).orElse(null),
        steps.failures().resumeAt().orElse(null));
  }

  private @Nullable QueueReport queueReport(AccountState known) {
    Instant now = run.clock().now();
    FetchQueue left = dueOf(known, now);
    left.removeIf(entry -> !entry.needsCall());
    Optional<Instant> doneAt = allowance.budget().doneAt(left.calls(), 2 * listingCalls(), now);
    return left.isEmpty() ? null : new QueueReport(left.byStream(), doneAt.orElse(null));
  }

  /// Whether the budget or a stop signal ended the run early.
  boolean isCutShort() {
    return steps.wereCutShort();
  }

  @Override
  public void close() {
    work.close();
  }
}
