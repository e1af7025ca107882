package dev.paceline.extract.sync;

import dev.paceline.cli.Progress;
import dev.paceline.cli.failure.EvenIfOneFails;
import dev.paceline.extract.sync.AccountSteps.Advance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Syncs all accounts of an application in turn, within one budget: with a hundred reads per
/// quarter-hour there is nothing to gain from parallel calls. First every account is listed, so
/// that each has today's summaries. Then records are read one by one in rotation, so that no
/// account has to wait for another's first import. An account that fails never stops the others.
///
/// Everything happens in [#run]: it takes one step of one account after the other, and commits,
/// waits and ends between two steps.
public final class Sync implements AutoCloseable {

  private final Run run;
  private final Allowance allowance;
  private final ApplicationStore application;
  private final CommitLimits limits;
  private final Progress progress;
  private final List<AccountSync> accounts;
  private final StatusLine statusLine;
  private String doing = "";
  private final ApplicationState before;
  private @Nullable String turn;
  private long callsCommitted;
  private long lastNanos = System.nanoTime();

  /// A run over accounts.
  ///
  /// @param work what the steps of an account do
  /// @param application what the accounts share from run to run
  /// @param limits when a run commits what it has
  public Sync(
      Run run,
      List<String> names,
      Function<String, AccountWork> work,
      Allowance allowance,
      ApplicationStore application,
      CommitLimits limits,
      Progress progress) {
    this.run = run;
    this.allowance = allowance;
    this.application = application;
    this.before = application.state();
    this.limits = limits;
    this.progress = progress;
    this.statusLine = new StatusLine(allowance.budget());
    this.accounts =
        startingWithNext(names).stream()
            .map(name -> new AccountSync(name, work.apply(name), run, allowance))
            .toList();
  }

  /// The account whose turn it was when the last run was ended early comes first.
  private List<String> startingWithNext(List<String> names) {
    List<String> order = new ArrayList<>(names);
    int first = application.state().turnOf().map(names::indexOf).orElse(-1);
    Collections.rotate(order, -Math.max(first, 0));
    return order;
  }

  /// Runs to the end; no failure of an account is thrown.
  public SyncOutcome run() {
    Instant begin = run.clock().now();
    LocalDate ds = run.date().at(begin);
    accounts.forEach(AccountSync::open);
    updateReserve();
    boolean resumes =
        application.state().unfinishedDay().filter(ds::equals).isPresent()
            && accounts.stream().anyMatch(account -> account.hasWorkLeft(ds, begin))
            && !allowance.hasOnlyReserveLeft();
    allowance.reserve(0); // it is there to be spent on a listing
    store(ds);
    for (AccountSync account : accounts) {
      boolean isListed = resumes && account.isListedFor(ds, begin);
      account.prepareListings(isListed ? Optional.of(ds) : Optional.empty());
      while (advance(account, account.account() + ": listing", AccountSync::listNext)) {}
    }
    updateReserve();
    accounts.forEach(AccountSync::prepareReading);
    rotate(AccountSync::readNext);
    // What an earlier run of the day has read need not be verified.
    Instant today = begin.truncatedTo(ChronoUnit.DAYS);
    accounts.forEach(account -> account.prepareVerifying(today));
    rotate(AccountSync::verifyNext);
    rotate(AccountSync::finishNext);
    accounts.forEach(AccountSync::commit);
    storeEnd(ds);
    return new SyncOutcome(accounts.stream().map(AccountSync::report).toList());
  }

  private void updateReserve() {
    allowance.reserve(accounts.stream().mapToLong(AccountSync::listingCalls).sum());
  }

  private void rotate(Function<AccountSync, Advance> step) {
    List<AccountSync> active = new ArrayList<>(accounts);
    while (!active.isEmpty()) {
      active.removeIf(account -> !advance(account, account.account(), step));
    }
  }

  /// Takes a step of an account, after a wait for the budget where the run may wait; commits if it
  /// is time to. Returns whether there may be another step.
  private boolean advance(AccountSync account, String what, Function<AccountSync, Advance> step) {
    doing = what;
    Advance advance = step.apply(account);
    while (advance == Advance.BUDGET_SPENT && isAllowedAfterWaiting(account)) {
      advance = step.apply(account);
    }
    if (advance == Advance.BUDGET_SPENT) {
      account.endEarly();
    }
    noteNextTurn(account);
    progress.show(this::status);
    commitIfDue();
    return advance == Advance.MORE;
  }

  /// Waits for the budget, once all that was read is committed.
  private boolean isAllowedAfterWaiting(AccountSync account) {
    if (!allowance.shouldWait()) {
      return false;
    }
    commit();
    return account.canGoOn() && allowance.await();
  }

  /// The first account whose step the budget did not allow comes first next time.
  private void noteNextTurn(AccountSync account) {
    if (turn == null && account.isCutShort()) {
      turn = account.account();
    }
  }

  private void commitIfDue() {
    long calls = accounts.stream().mapToLong(AccountSync::calls).sum() - callsCommitted;
    long bytes = accounts.stream().mapToLong(AccountSync::gathered).sum();
    if (limits.reached(calls, bytes, Duration.ofNanos(System.nanoTime() - lastNanos))) {
      commit();
    }
  }

  private String status() {
    long read = accounts.stream().mapToLong(AccountSync::records).sum();
    long queued = accounts.stream().mapToLong(AccountSync::queued).sum();
    return statusLine.of(doing, read, queued, run.clock().now());
  }

  private void commit() {
    accounts.forEach(AccountSync::commit);
    callsCommitted = accounts.stream().mapToLong(AccountSync::calls).sum();
    lastNanos = System.nanoTime();
    store(run.date().at(run.clock().now()));
  }

  /// Stores what a run that is killed leaves to the next. Until it is known whose turn is next, the
  /// turn stays where it was when this run began.
  private void store(LocalDate unfinished) {
    application.store(
        allowance.budget(), unfinished, turn == null ? before.turnOf().orElse(null) : turn);
  }

  /// Stores how the run has ended. If it had none of the accounts whose turn it was, they are still
  /// to come.
  private void storeEnd(LocalDate ds) {
    boolean isCutShort = accounts.stream().anyMatch(AccountSync::isCutShort);
    boolean othersAreNext =
        turn == null
            && before
                .turnOf()
                .filter(next -> accounts.stream().map(AccountSync::account).noneMatch(next::equals))
                .isPresent();
    Optional<LocalDate> unfinished = othersAreNext ? before.unfinishedDay() : Optional.empty();
    application.store(
        allowance.budget(),
        isCutShort ? ds : unfinished.orElse(null),
        othersAreNext ? before.turnOf().orElse(null) : turn);
  }

  /// Releases the locks of all accounts, even if one of them cannot be closed.
  @Override
  public void close() {
    EvenIfOneFails.forEach(accounts, AccountSync::close);
  }
}
