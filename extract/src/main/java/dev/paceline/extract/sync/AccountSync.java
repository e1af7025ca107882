package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ScopeMissing;
import dev.paceline.lake.log.CommitWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings the lake up to date with the source for one account: first its listings, then one by one
/// the records that they request, then those whose edits no listing shows. No failure is thrown: an
/// account that fails takes no further step, and what it has read is still committed.
final class AccountSync implements AutoCloseable {

  /// An account whose queue is empty is listed again after this time, even if others are still
  /// behind.
  private static final Duration MAX_LISTING_AGE = Duration.ofHours(3);

  private final String account;
  private final ApiClient client;
  private final SyncRun run;
  private final Runnable commitIfDue;
  private final ListingReserve reserve;
  private final RunCounters counters = new RunCounters();
  private final StepRunner steps;

  private @Nullable Open open;
  private FetchQueue due = FetchQueue.empty();
  private FetchQueue verified = FetchQueue.empty();
  private int unavailableListings;

  /// @param commitIfDue commits all accounts if it is time to
  /// @param reserve the part of the budget that is kept for the next listings
  AccountSync(
      String account, ApiClient client, SyncRun run, Runnable commitIfDue, ListingReserve reserve) {
    this.account = account;
    this.client = client;
    this.run = run;
    this.commitIfDue = commitIfDue;
    this.reserve = reserve;
    this.steps = new StepRunner(account, counters, reserve);
  }

  /// What works on the account's state after it is opened.
  private record Open(
      AccountState state, Committer committer, ListingSync listings, ItemReader items) {}

  String account() {
    return account;
  }

  /// Opens the state of the account.
  void open() {
    steps.run(() -> {
      run.ensureNotStopped(account);
      StateStore stateStore = new StateStore(run.store(), run.plan().api(), account);
      AccountState state = stateStore.open();
      CommitWriter writer = new CommitWriter(run.store(), run.origin(account), state.commit());
      Committer committer =
          new Committer(account, writer, state, stateStore, run, client::totalCalls, counters);
      ListingSync listings =
          new ListingSync(account, client, committer, state, run, counters, this::betweenCalls);
      ItemReader items = new ItemReader(account, client, committer, run, counters);
      open = new Open(state, committer, listings, items);
      skipUngrantedStreams();
    });
  }

  /// Whether an earlier run of this day has left something to do.
  boolean hasWorkLeft(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && !steps.hasFailed()
        && (!isListedOn(day) || !dueOf(known.state(), now).isEmpty());
  }

  /// Whether a resumed run of this day need not list the account again: it still has a queue, or
  /// was listed recently and leaves the budget to the others.
  boolean isListedFor(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && (hasWorkLeft(day, now)
            || run.plan().listings().stream()
                .filter(stream -> !counters.isSkipped(stream.name()))
                .allMatch(
                    stream -> known.state().listing(stream.name()).isFresh(now, MAX_LISTING_AGE)));
  }

  private boolean isListedOn(LocalDate day) {
    Open known = open;
    return known != null
        && run.plan().listings().stream()
            .filter(stream -> !counters.isSkipped(stream.name()))
            .allMatch(stream -> known.state().listing(stream.name()).isCompleteOf(day));
  }

  /// Runs the listings of the account.
  ///
  /// @param except a day whose complete listings need not be repeated
  void list(Optional<LocalDate> except) {
    Open known = open;
    if (known == null) {
      return;
    }
    for (StreamDescription stream : run.plan().listings()) {
      boolean done = except.filter(known.state().listing(stream.name())::isCompleteOf).isPresent();
      if (!steps.hasFailed() && !done && !counters.isSkipped(stream.name())) {
        Exit exit =
            steps.runOrWait(() -> {
              run.ensureNotStopped(account);
              runOrSkip(stream, () -> known.listings().run(stream));
            });
        if (canContinueAfter(exit)) {
          steps.clearFailure();
        }
      }
    }
    due = dueOf(known.state(), run.clock().now());
  }

  /// Unusable data, or one endpoint that does not respond, does not concern the other listings; a
  /// second endpoint does.
  private boolean canContinueAfter(Exit exit) {
    boolean sourceFailed = exit == Exit.UNUSABLE || exit == Exit.UNAVAILABLE;
    unavailableListings += exit == Exit.UNAVAILABLE ? 1 : 0;
    return sourceFailed && unavailableListings < 2 && !known().committer().isBroken();
  }

  /// The records that should be read, without those of skipped streams.
  private FetchQueue dueOf(AccountState state, Instant now) {
    FetchQueue queue = FetchQueue.forDueItems(run.plan(), state, now);
    queue.removeIf(entry -> counters.isSkipped(entry.stream().name()));
    return queue;
  }

  private void skipUngrantedStreams() {
    Optional<Set<String>> granted = client.scopes();
    for (StreamDescription stream : run.plan().streams()) {
      String scope = stream.scope();
      boolean lacksScope = scope != null && granted.isPresent() && !granted.get().contains(scope);
      if (lacksScope && run.plan().canBeSkipped(stream)) {
        counters.skipped(stream.name(), "the token was not granted " + scope);
      }
    }
  }

  /// Reads one of the records that the listings request; returns whether there was one.
  boolean readNext() {
    return step(due, entry -> known().items().read(entry));
  }

  /// Chooses the records to read again for edits that no listing shows.
  ///
  /// @param before only records that were last read before this moment
  void prepareVerifying(Instant before) {
    if (open != null && !steps.hasFailed()) {
      verified =
          FetchQueue.forVerification(
              run.plan(), known().state(), before, run.choices().verifyCalls());
    }
  }

  /// Reads one record again; returns whether there was one. This uses the rest of the budget: when
  /// that is spent the run is done, and the next continues with the least recently read records.
  boolean verifyNext() {
    return reserve.allowsCall()
        && step(verified, entry -> counters.verified(known().items().read(entry)));
  }

  @FunctionalInterface
  private interface Step {
    void run(FetchQueue.Entry entry);
  }

  private boolean step(FetchQueue queue, Step step) {
    Optional<FetchQueue.Entry> next = queue.first();
    if (steps.hasFailed() || next.isEmpty()) {
      return false;
    }
    StreamDescription stream = next.get().stream();
    if (counters.isSkipped(stream.name())) {
      queue.removeFirst();
      return true;
    }
    steps.runOrWait(() -> {
      run.ensureNotStopped(account);
      reserve.ensureCallAllowed(account);
      runOrSkip(stream, () -> step.run(next.get()));
    });
    if (!steps.hasFailed()) {
      queue.removeFirst();
      steps.run(commitIfDue);
    }
    return !steps.hasFailed();
  }

  /// If only one stream needs a missing scope, the stream is skipped and the account continues.
  private void runOrSkip(StreamDescription stream, Runnable step) {
    try {
      step.run();
    } catch (ScopeMissing missing) {
      if (!run.plan().canBeSkipped(stream)) {
        throw missing.failure();
      }
      counters.skipped(stream.name(), missing.failure().what());
    }
  }

  private Open known() {
    Open known = open;
    if (known == null) {
      throw new IllegalStateException("The account %s is not open.".formatted(account));
    }
    return known;
  }

  private void betweenCalls() {
    commitIfDue.run();
    if (known().committer().isBroken()) {
      throw counters.lastFailure(); // what is read after a failed commit could not be stored
    }
    run.ensureNotStopped(account);
  }

  long calls() {
    return client.totalCalls();
  }

  /// How many records were read, new or not.
  long records() {
    return counters.records();
  }

  /// How many records are still to be read.
  int queued() {
    return due.size() + verified.size();
  }

  /// Bytes written since the last commit, before compression.
  long gathered() {
    return open == null ? 0 : open.committer().gathered();
  }

  /// How many calls the next listings of this account will take.
  long listingCalls() {
    Open known = open;
    return known == null
        ? 0
        : run.plan().listings().stream()
            .mapToLong(stream ->
                ListingReserve.listingCalls(
                    stream, known.state().listing(stream.name()).records().size()))
            .sum();
  }

  /// Commits what was written. Does nothing if an earlier commit failed.
  void commit() {
    if (open != null) {
      steps.run(open.committer()::commit);
    }
  }

  /// Called when nothing more will be read.
  void finish() {
    if (open != null && !steps.hasFailed()) {
      steps.runOrWait(open.items()::finish);
    }
    commit();
  }

  AccountReport report() {
    Instant now = run.clock().now();
    FetchQueue left = open == null ? FetchQueue.empty() : dueOf(open.state(), now);
    left.removeIf(entry -> !entry.needsCall());
    Optional<Instant> doneAt = run.budget().doneAt(left.calls(), 2 * listingCalls(), now);
    QueueReport queued =
        left.isEmpty() ? null : new QueueReport(left.byStream(), doneAt.orElse(null));
    return counters.report(account, client.calls(), queued, verification());
  }

  private VerifyReport verification() {
    long inTurn =
        open == null
            ? 0
            : FetchQueue.forVerification(run.plan(), open.state(), Instant.MAX, Integer.MAX_VALUE)
                .size();
    return counters.verification(inTurn, run.choices().verifyCalls());
  }

  /// Whether the budget or a stop signal ended the run early.
  boolean isCutShort() {
    return steps.wasCutShort();
  }

  @Override
  public void close() {
    if (open != null) {
      open.committer().close();
    }
  }
}
