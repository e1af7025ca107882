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
  private final Reserve reserve;
  private final Tally tally = new Tally();
  private final Steps steps;

  private @Nullable Open open;
  private Queue due = Queue.empty();
  private Queue verified = Queue.empty();
  private int unanswered;

  /// @param commitIfDue commits all accounts where it is time to
  /// @param reserve what is kept of the budget for the next listings
  AccountSync(
      String account, ApiClient client, SyncRun run, Runnable commitIfDue, Reserve reserve) {
    this.account = account;
    this.client = client;
    this.run = run;
    this.commitIfDue = commitIfDue;
    this.reserve = reserve;
    this.steps = new Steps(account, tally, reserve);
  }

  /// What works on an account's state once that is read.
  private record Open(
      AccountState state, Committer committer, ListingSync listings, ItemReader items) {}

  String account() {
    return account;
  }

  /// Reads what is known of the account.
  void open() {
    steps.take(() -> {
      run.ensureGoesOn(account);
      StateKeeper keeper = new StateKeeper(run.store(), run.plan().api(), account);
      AccountState state = keeper.open();
      CommitWriter writer = new CommitWriter(run.store(), run.origin(account), state.commit());
      Committer committer =
          new Committer(account, writer, state, keeper, run, client::totalCalls, tally);
      ListingSync listings =
          new ListingSync(account, client, committer, state, run, tally, this::betweenCalls);
      ItemReader items = new ItemReader(account, client, committer, run, tally);
      open = new Open(state, committer, listings, items);
      skipWhatIsNotGranted();
    });
  }

  /// Whether a run of this day has left something to do.
  boolean hasWorkOf(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && !steps.haveEnded()
        && (!isListedOn(day) || !dueOf(known.state(), now).isEmpty());
  }

  /// Whether a run of this day that goes on need not list the account anew: it has its own queue to
  /// go on with, or was listed a short while ago and leaves the budget to the others.
  boolean isListedFor(LocalDate day, Instant now) {
    Open known = open;
    return known != null
        && (hasWorkOf(day, now)
            || run.plan().listings().stream()
                .filter(stream -> !tally.isSkipped(stream.name()))
                .allMatch(stream ->
                    known.state().listing(stream.name()).isFresh(now, LISTED_A_SHORT_WHILE_AGO)));
  }

  private boolean isListedOn(LocalDate day) {
    Open known = open;
    return known != null
        && run.plan().listings().stream()
            .filter(stream -> !tally.isSkipped(stream.name()))
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
      if (!steps.haveEnded() && !done && !tally.isSkipped(stream.name())) {
        Exit exit =
            steps.takePatiently(() -> {
              run.ensureGoesOn(account);
              orSkip(stream, () -> known.listings().run(stream));
            });
        if (concernsThisListingOnly(exit)) {
          steps.goOn();
        }
      }
    }
    due = dueOf(known.state(), run.clock().now());
  }

  /// Data that cannot be used, or one endpoint that does not answer, says nothing of the others; a
  /// second one does.
  private boolean concernsThisListingOnly(Exit exit) {
    boolean ofTheSource = exit == Exit.UNUSABLE || exit == Exit.UNAVAILABLE;
    unanswered += exit == Exit.UNAVAILABLE ? 1 : 0;
    return ofTheSource && unanswered < 2 && !known().committer().isBroken();
  }

  /// What should be read, but for the streams that are left out.
  private Queue dueOf(AccountState state, Instant now) {
    Queue queue = Queue.ofDue(run.plan(), state, now);
    queue.removeIf(entry -> tally.isSkipped(entry.stream().name()));
    return queue;
  }

  private void skipWhatIsNotGranted() {
    Optional<Set<String>> granted = client.scopes();
    for (StreamDescription stream : run.plan().streams()) {
      String scope = stream.scope();
      boolean lacks = scope != null && granted.isPresent() && !granted.get().contains(scope);
      if (lacks && run.plan().isDispensable(stream)) {
        tally.skipped(stream.name(), "the token was not granted " + scope);
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
    if (open != null && !steps.haveEnded()) {
      verified = Queue.ofVerified(run.plan(), known().state(), before, run.choices().verifyCalls());
    }
  }

  /// Reads one record again; answers whether there was one. This takes the rest of the budget:
  /// where that ends the run is done, and the next goes on with what was read longest ago.
  boolean verifyNext() {
    return reserve.isSpared()
        && step(verified, entry -> tally.verified(known().items().read(entry)));
  }

  @FunctionalInterface
  private interface Step {
    void on(Queue.Entry entry);
  }

  private boolean step(Queue queue, Step step) {
    Optional<Queue.Entry> next = queue.first();
    if (steps.haveEnded() || next.isEmpty()) {
      return false;
    }
    StreamDescription stream = next.get().stream();
    if (tally.isSkipped(stream.name())) {
      queue.removeFirst();
      return true;
    }
    steps.takePatiently(() -> {
      run.ensureGoesOn(account);
      reserve.ensureSpare(account);
      orSkip(stream, () -> step.on(next.get()));
    });
    if (!steps.haveEnded()) {
      queue.removeFirst();
      steps.take(commitIfDue);
    }
    return !steps.haveEnded();
  }

  /// A scope that one stream alone needs is that stream's loss, not the account's.
  private void orSkip(StreamDescription stream, Runnable step) {
    try {
      step.run();
    } catch (ScopeMissing missing) {
      if (!run.plan().isDispensable(stream)) {
        throw missing.failure();
      }
      tally.skipped(stream.name(), missing.failure().what());
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
      throw tally.lastFailure(); // what is read after that could not be kept
    }
    run.ensureGoesOn(account);
  }

  long calls() {
    return client.totalCalls();
  }

  /// Records that were read, whether they were new or not.
  long records() {
    return tally.records();
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
                Reserve.calls(stream, known.state().listing(stream.name()).records().size()))
            .sum();
  }

  /// Commits what there is; called again after a failure it does nothing.
  void commit() {
    if (open != null) {
      steps.take(open.committer()::commit);
    }
  }

  /// Nothing more is read.
  void finish() {
    if (open != null && !steps.haveEnded()) {
      steps.takePatiently(open.items()::finish);
    }
    commit();
  }

  AccountReport report() {
    Instant now = run.clock().now();
    Queue left = open == null ? Queue.empty() : dueOf(open.state(), now);
    left.removeIf(entry -> !entry.takesACall());
    Optional<Instant> doneAt = run.budget().doneAt(left.calls(), 2 * listingCalls(), now);
    QueueReport queued =
        left.isEmpty() ? null : new QueueReport(left.byStream(), doneAt.orElse(null));
    return tally.report(account, client.calls(), queued, verification());
  }

  private VerifyReport verification() {
    long inTurn =
        open == null
            ? 0
            : Queue.ofVerified(run.plan(), open.state(), Instant.MAX, Integer.MAX_VALUE).size();
    return tally.verification(inTurn, run.choices().verifyCalls());
  }

  /// Whether the budget, or whoever stopped the run, left something to do.
  boolean isCutShort() {
    return steps.wereCutShort();
  }

  @Override
  public void close() {
    if (open != null) {
      open.committer().close();
    }
  }
}
