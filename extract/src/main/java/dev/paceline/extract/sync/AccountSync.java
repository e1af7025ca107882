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

/// Brings the lake up to the source for one account: its listings, then one by one what they ask
/// for, then what no listing shows. Nothing that happens is thrown: an account that fails takes no
/// further step, and what it read before is committed all the same.
final class AccountSync implements AutoCloseable {

  /// An account whose queue is empty is listed again after this, though others are still behind.
  private static final Duration LISTED_A_SHORT_WHILE_AGO = Duration.ofHours(3);

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
  private int unanswered;

  /// @param commitIfDue commits all accounts where it is time to
  /// @param reserve what is kept of the budget for the next listings
  AccountSync(
      String account, ApiClient client, SyncRun run, Runnable commitIfDue, ListingReserve reserve) {
    this.account = account;
    this.client = client;
    this.run = run;
    this.commitIfDue = commitIfDue;
    this.reserve = reserve;
    this.steps = new StepRunner(account, counters, reserve);
  }

  /// What works on an account's state once that is read.
  private record Open(
      AccountState state, Committer committer, ListingSync listings, ItemReader items) {}

  String account() {
    return account;
  }

  /// Reads what is known of the account.
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

  /// Whether a run of this day has left something to do.
  boolean hasWorkLeft(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && !steps.hasFailed()
        && (!isListedOn(day) || !dueOf(known.state(), now).isEmpty());
  }

  /// Whether a run of this day that goes on need not list the account anew: it has its own queue to
  /// go on with, or was listed a short while ago and leaves the budget to the others.
  boolean isListedFor(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && (hasWorkLeft(day, now)
            || run.plan().listings().stream()
                .filter(stream -> !counters.isSkipped(stream.name()))
                .allMatch(stream ->
                    known.state().listing(stream.name()).isFresh(now, LISTED_A_SHORT_WHILE_AGO)));
  }

  private boolean isListedOn(LocalDate day) {
    Open known = open;
    return known != null
        && run.plan().listings().stream()
            .filter(stream -> !counters.isSkipped(stream.name()))
            .allMatch(stream -> known.state().listing(stream.name()).isCompleteOf(day));
  }

  /// Lists what the account has.
  ///
  /// @param except a day whose listings need not be repeated
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

  /// Data that cannot be used, or one endpoint that does not answer, says nothing of the others; a
  /// second one does.
  private boolean canContinueAfter(Exit exit) {
    boolean ofTheSource = exit == Exit.UNUSABLE || exit == Exit.UNAVAILABLE;
    unanswered += exit == Exit.UNAVAILABLE ? 1 : 0;
    return ofTheSource && unanswered < 2 && !known().committer().isBroken();
  }

  /// What should be read, but for the streams that are left out.
  private FetchQueue dueOf(AccountState state, Instant now) {
    FetchQueue queue = FetchQueue.forDueItems(run.plan(), state, now);
    queue.removeIf(entry -> counters.isSkipped(entry.stream().name()));
    return queue;
  }

  private void skipUngrantedStreams() {
    Optional<Set<String>> granted = client.scopes();
    for (StreamDescription stream : run.plan().streams()) {
      String scope = stream.scope();
      boolean lacks = scope != null && granted.isPresent() && !granted.get().contains(scope);
      if (lacks && run.plan().canBeSkipped(stream)) {
        counters.skipped(stream.name(), "the token was not granted " + scope);
      }
    }
  }

  /// Reads one of the records that the listings ask for; answers whether there was one.
  boolean readNext() {
    return step(due, entry -> known().items().read(entry));
  }

  /// Chooses what is read again for edits that no listing shows.
  ///
  /// @param before only what was read before this moment
  void prepareVerifying(Instant before) {
    if (open != null && !steps.hasFailed()) {
      verified =
          FetchQueue.forVerification(
              run.plan(), known().state(), before, run.choices().verifyCalls());
    }
  }

  /// Reads one record again; answers whether there was one. This takes the rest of the budget:
  /// where that ends the run is done, and the next goes on with what was read longest ago.
  boolean verifyNext() {
    return reserve.allowsCall()
        && step(verified, entry -> counters.verified(known().items().read(entry)));
  }

  @FunctionalInterface
  private interface Step {
    void on(FetchQueue.Entry entry);
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
      runOrSkip(stream, () -> step.on(next.get()));
    });
    if (!steps.hasFailed()) {
      queue.removeFirst();
      steps.run(commitIfDue);
    }
    return !steps.hasFailed();
  }

  /// A scope that one stream alone needs is that stream's loss, not the account's.
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
      throw counters.lastFailure(); // what is read after that could not be kept
    }
    run.ensureNotStopped(account);
  }

  long calls() {
    return client.totalCalls();
  }

  /// Records that were read, whether they were new or not.
  long records() {
    return counters.records();
  }

  /// Records that are still to be read.
  int queued() {
    return due.size() + verified.size();
  }

  /// Bytes gathered since the last commit, before compression.
  long gathered() {
    return open == null ? 0 : open.committer().gathered();
  }

  /// How many calls the listings of this account will take tomorrow.
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

  /// Commits what there is; called again after a failure it does nothing.
  void commit() {
    if (open != null) {
      steps.run(open.committer()::commit);
    }
  }

  /// Nothing more is read.
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

  /// Whether the budget, or whoever stopped the run, left something to do.
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
