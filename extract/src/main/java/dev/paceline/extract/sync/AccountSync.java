package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.sync.AccountWork.ItemStep;
import dev.paceline.extract.sync.AccountWork.ListingStep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides which step an account's run takes next: first its listings, then one by one the records
/// that they request, then those whose edits no listing shows. No failure is thrown: an account
/// that fails takes no further step, and what it has read is still committed.
final class AccountSync implements AutoCloseable {

  /// An account whose queue is empty is listed again after this time, even if others are still
  /// behind.
  private static final Duration MAX_LISTING_AGE = Duration.ofHours(3);

  private final String account;
  private final AccountWork work;
  private final Run run;
  private final Allowance allowance;
  private final Failures failures;
  private final Map<String, String> skipped = new TreeMap<>();
  private final Deque<Listing> toList = new ArrayDeque<>();

  private @Nullable AccountState state;
  private FetchQueue due = FetchQueue.empty();
  private FetchQueue verified = FetchQueue.empty();
  private @Nullable Failure budgetSpent;
  private boolean failed;
  private boolean cutShort;
  private boolean finished;
  private int unavailableListings;
  private long verifications;
  private long verifiedChanges;

  AccountSync(String account, AccountWork work, Run run, Allowance allowance) {
    this.account = account;
    this.work = work;
    this.run = run;
    this.allowance = allowance;
    this.failures = new Failures(account);
  }

  /// How a step of an account ended.
  enum Advance {
    /// There may be another step.
    MORE,
    /// There is none: all is done, or the account has failed.
    NONE,
    /// The step needs a call that the budget does not allow now: wait and take it again, or
    /// [#endEarly].
    BUDGET_SPENT
  }

  String account() {
    return account;
  }

  /// Opens the state of the account.
  void open() {
    take(() -> {
      run.ensureNotStopped(account);
      AccountState opened = work.open();
      work.scopes().ifPresent(opened::granted);
      state = opened;
      skipUngrantedStreams();
      skipRefusedListings(opened);
    });
  }

  private void skipUngrantedStreams() {
    Optional<Set<String>> granted = work.scopes();
    for (StreamDescription stream : run.plan().streams()) {
      boolean lacksScope =
          stream
              .scope()
              .filter(scope -> granted.filter(has -> !has.contains(scope)).isPresent())
              .isPresent();
      if (lacksScope && canBeSkipped(stream)) {
        skipped.put(stream.name(), "the token was not granted " + stream.scope().orElseThrow());
      }
    }
  }

  private boolean canBeSkipped(StreamDescription stream) {
    return stream instanceof Child || run.plan().isDispensable(stream);
  }

  private void skipRefusedListings(AccountState opened) {
    for (Listing stream : run.plan().listings()) {
      opened
          .listing(stream.name())
          .refusal()
          .filter(refusal -> canBeSkipped(stream) && !refusal.isDue(run.clock().now()))
          .ifPresent(refusal -> skipped.put(stream.name(), refusal.inWords()));
    }
  }

  /// Whether an earlier run of this day has left something to do.
  boolean hasWorkLeft(LocalDate day, Instant now) {
    AccountState known = state;
    return known != null && !failed && (!isListedOn(known, day) || !dueOf(known, now).isEmpty());
  }

  /// Whether a resumed run of this day need not list the account again: it still has a queue, or
  /// was listed recently and leaves the budget to the others.
  boolean isListedFor(LocalDate day, Instant now) {
    AccountState known = state;
    return known != null
        && (hasWorkLeft(day, now)
            || listings().stream()
                .allMatch(stream -> known.listing(stream.name()).isFresh(now, MAX_LISTING_AGE)));
  }

  private boolean isListedOn(AccountState known, LocalDate day) {
    return listings().stream().allMatch(stream -> known.listing(stream.name()).isCompleteOf(day));
  }

  private List<Listing> listings() {
    return run.plan().listings().stream()
        .filter(stream -> !skipped.containsKey(stream.name()))
        .toList();
  }

  /// Decides what to list.
  ///
  /// @param except a day whose complete listings need not be repeated
  void prepareListings(Optional<LocalDate> except) {
    AccountState known = state;
    if (known == null || failed) {
      return;
    }
    for (Listing stream : listings()) {
      boolean isDone = except.filter(known.listing(stream.name())::isCompleteOf).isPresent();
      if (!isDone || (run.plan().isIdentity(stream) && !work.isIdentityKnown())) {
        toList.add(stream);
      }
    }
  }

  /// Takes a step of the account's listings.
  Advance listNext() {
    Listing stream = toList.peekFirst();
    if (stream == null || failed) {
      return Advance.NONE;
    }
    Advance advance = take(() -> list(stream));
    if (failed && canContinueAfter(stream)) {
      failed = false;
      toList.removeFirst();
      return Advance.MORE;
    }
    return advance;
  }

  private void list(Listing stream) {
    ensureUsable();
    switch (work.list(stream)) {
      case ListingStep.More() -> {}
      case ListingStep.Complete() -> toList.removeFirst();
      case ListingStep.Refused(String why) -> {
        skipped.put(stream.name(), why);
        toList.removeFirst();
      }
    }
  }

  /// Unusable data, or one endpoint that does not respond, does not concern the other listings; a
  /// second endpoint does, and so does the doubt whose account it is.
  private boolean canContinueAfter(Listing stream) {
    Exit exit = failures.last().exit();
    boolean sourceFailed = exit == Exit.UNUSABLE || exit == Exit.UNAVAILABLE;
    unavailableListings += exit == Exit.UNAVAILABLE ? 1 : 0;
    boolean isDoubtful = run.plan().isIdentity(stream) && !work.isIdentityKnown();
    return sourceFailed && unavailableListings < 2 && !isDoubtful && !work.isBroken();
  }

  /// Decides which records to read because of the listings.
  void prepareReading() {
    due = state == null ? due : dueOf(state, run.clock().now());
  }

  /// The records that should be read, without those of skipped streams.
  private FetchQueue dueOf(AccountState known, Instant now) {
    FetchQueue queue = FetchQueue.forDueItems(run.plan(), known, now);
    queue.removeIf(entry -> skipped.containsKey(entry.stream().name()));
    return queue;
  }

  /// Reads one of the records that the listings request.
  Advance readNext() {
    return readNext(due, entry -> apply(work.read(entry)));
  }

  /// Chooses the records to read again for edits that no listing shows.
  ///
  /// @param before only records that were last read before this moment
  void prepareVerifying(Instant before) {
    if (state != null && !failed) {
      verified = FetchQueue.forVerification(run.plan(), state, before, run.choices().verifyCalls());
    }
  }

  /// Reads one record again, or one that is read because another has changed. This uses the rest of
  /// the budget: when that is spent the run is done, and the next continues with the least recently
  /// read records.
  Advance verifyNext() {
    if (!due.isEmpty()) {
      return readNext();
    }
    return allowance.allowsCall() ? readNext(verified, this::verify) : Advance.NONE;
  }

  private void verify(FetchQueue.Entry entry) {
    ItemStep step = work.read(entry);
    apply(step);
    verifications++;
    verifiedChanges += step.changed() ? 1 : 0;
  }

  /// Decides about the last records that could not be read.
  Advance finishNext() {
    if (!due.isEmpty() || failed || finished || state == null) {
      return readNext();
    }
    return take(() -> {
      ItemStep step = work.finishReading();
      apply(step);
      finished = step.again().isEmpty();
    });
  }

  private Advance readNext(FetchQueue queue, Consumer<FetchQueue.Entry> read) {
    Optional<FetchQueue.Entry> next = queue.first();
    if (failed || next.isEmpty()) {
      return Advance.NONE;
    }
    Child stream = next.get().stream();
    if (skipped.containsKey(stream.name())) {
      queue.removeFirst();
      return Advance.MORE;
    }
    return take(() -> {
      ensureUsable();
      allowance.ensureCallAllowed(account);
      read.accept(next.get());
      queue.removeFirst();
      if (state != null) {
        due.addChildrenOf(next.get(), run.plan(), state, run.clock().now());
      }
    });
  }

  private void apply(ItemStep step) {
    skipped.putAll(step.denied());
    due.addLast(step.again());
  }

  private void ensureUsable() {
    run.ensureNotStopped(account);
    work.ensureUsable();
  }

  /// Takes a step; its failure is noted, unless the budget is all that it lacks.
  private Advance take(Runnable step) {
    Optional<Failure> failure = failures.of(step);
    if (failure.isEmpty()) {
      return Advance.MORE;
    }
    boolean lacksBudget =
        failure.get().exit() == Exit.TRY_AGAIN
            && state != null
            && allowance.spentUntil().isPresent();
    if (lacksBudget) {
      budgetSpent = failure.get();
      return Advance.BUDGET_SPENT;
    }
    note(failure.get());
    return Advance.NONE;
  }

  /// Ends the account's run, because the last step needs a call that the budget does not allow.
  void endEarly() {
    if (budgetSpent != null) {
      note(budgetSpent);
    }
  }

  private void note(Failure failure) {
    failures.note(failure);
    failed = true;
    cutShort |= failure.exit() == Exit.TRY_AGAIN && state != null;
  }

  /// Commits what was written; returns whether that succeeded, or there was nothing to do.
  boolean commit() {
    return state == null || work.isBroken() || take(work::commit) == Advance.MORE;
  }

  /// Whether the last step, or a commit since, has not failed.
  boolean canGoOn() {
    return !failed;
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
    return due.size() + verified.size();
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
    Instant now = run.clock().now();
    FetchQueue left = state == null ? FetchQueue.empty() : dueOf(state, now);
    left.removeIf(entry -> !entry.needsCall());
    Optional<Instant> doneAt = allowance.budget().doneAt(left.calls(), 2 * listingCalls(), now);
    return new AccountReport(
        account,
        failures.exit(),
        work.counters().commits(),
        work.calls(),
        work.counters().committedStreams(),
        skipped,
        left.isEmpty() ? null : new QueueReport(left.byStream(), doneAt.orElse(null)),
        state == null ? null : RejectsReport.of(run.plan(), state),
        verification(),
        failures.mostSevere().map(AccountReport::error).orElse(null),
        failures.resumeAt().orElse(null));
  }

  private VerifyReport verification() {
    long inTurn =
        state == null
            ? 0
            : FetchQueue.forVerification(run.plan(), state, Instant.MAX, Integer.MAX_VALUE).size();
    int perRun = run.choices().verifyCalls();
    long days = perRun == 0 ? 0 : Math.ceilDiv(inTurn, perRun);
    return new VerifyReport(verifications, verifiedChanges, inTurn, days);
  }

  /// Whether the budget or a stop signal ended the run early.
  boolean isCutShort() {
    return cutShort;
  }

  @Override
  public void close() {
    work.close();
  }
}
