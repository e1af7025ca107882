package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.extract.http.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Syncs all accounts of an application in turn, under one lock and within one budget: with a
/// hundred reads per quarter-hour there is nothing to gain from parallel calls. First every account
/// is listed, so that each has today's summaries. Then records are read one by one in rotation, so
/// that no account has to wait for another's first import. An account that fails never stops the
/// others.
public final class Sync implements AutoCloseable {

  private final SyncRun run;
  private final ListingReserve reserve;
  private final List<AccountSync> accounts = new ArrayList<>();
  private final StatusLine statusLine;
  private String doing = "";
  private @Nullable String turn;
  private long callsCommitted;
  private long lastNanos = System.nanoTime();

  /// A run over accounts.
  ///
  /// @param clients makes the client of an account
  public Sync(SyncRun run, List<String> names, Function<String, ApiClient> clients) {
    this.run = run;
    this.reserve = new ListingReserve(run, this::commit);
    this.statusLine = new StatusLine(run.budget());
    for (String name : startingWithNext(names)) {
      accounts.add(new AccountSync(name, clients.apply(name), run, this::commitIfDue, reserve));
    }
  }

  /// The account whose turn it was when the last run was ended early comes first.
  private List<String> startingWithNext(List<String> names) {
    List<String> order = new ArrayList<>(names);
    int first = run.application().turn().map(names::indexOf).orElse(-1);
    Collections.rotate(order, -Math.max(first, 0));
    return order;
  }

  /// Runs to the end; no failure of an account is thrown.
  public Outcome run() {
    Instant begin = run.clock().now();
    LocalDate ds = run.date().at(begin);
    accounts.forEach(AccountSync::open);
    updateReserve();
    boolean resumes =
        run.application().unfinished().filter(ds::equals).isPresent()
            && accounts.stream().anyMatch(account -> account.hasWorkLeft(ds, begin))
            && !reserve.hasOnlyReserveLeft(); // the reserve is there to be spent on a listing
    storeApplicationState(ds);
    for (AccountSync account : accounts) {
      doing = account.account() + ": listing";
      boolean isListed = resumes && account.isListedFor(ds, begin);
      account.list(isListed ? Optional.of(ds) : Optional.empty());
      noteNextTurn(account);
    }
    updateReserve();
    rotate(AccountSync::readNext);
    // What an earlier run of the day has read need not be verified.
    Instant today = begin.truncatedTo(ChronoUnit.DAYS);
    accounts.forEach(account -> account.prepareVerifying(today));
    rotate(AccountSync::verifyNext);
    accounts.forEach(AccountSync::finish);
    Outcome outcome = new Outcome(accounts.stream().map(AccountSync::report).toList());
    boolean cutShort = accounts.stream().anyMatch(AccountSync::isCutShort);
    storeApplicationState(cutShort ? ds : null);
    return outcome;
  }

  private void updateReserve() {
    reserve.set(accounts.stream().mapToLong(AccountSync::listingCalls).sum());
  }

  private void rotate(Predicate<AccountSync> step) {
    List<AccountSync> active = new ArrayList<>(accounts);
    while (!active.isEmpty()) {
      active.removeIf(account -> !advance(account, step));
    }
  }

  private boolean advance(AccountSync account, Predicate<AccountSync> step) {
    doing = account.account();
    boolean advanced = step.test(account);
    noteNextTurn(account);
    return advanced;
  }

  /// The first account whose step the budget did not allow comes first next time.
  private void noteNextTurn(AccountSync account) {
    if (turn == null && account.isCutShort()) {
      turn = account.account();
    }
  }

  private void commitIfDue() {
    run.progress().show(this::status);
    long calls = accounts.stream().mapToLong(AccountSync::calls).sum() - callsCommitted;
    long bytes = accounts.stream().mapToLong(AccountSync::gathered).sum();
    if (run.limits().reached(calls, bytes, Duration.ofNanos(System.nanoTime() - lastNanos))) {
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
    storeApplicationState(run.date().at(run.clock().now()));
  }

  private void storeApplicationState(@Nullable LocalDate unfinished) {
    if (run.lock().isHeld()) {
      run.application().store(run.budget(), unfinished, turn);
    }
  }

  @Override
  public void close() {
    accounts.forEach(AccountSync::close);
  }

  /// The result of a run, account by account.
  public record Outcome(List<AccountReport> accounts) {

    /// The most severe exit of all accounts.
    public Exit exit() {
      return Exit.mostSevere(accounts.stream().map(AccountReport::exit).toList());
    }

    /// When to run again; empty if no account asked for it.
    public Optional<Instant> resumeAt() {
      return accounts.stream()
          .flatMap(account -> Optional.ofNullable(account.resumeAt()).stream())
          .max(Comparator.naturalOrder());
    }

    /// How many commits were made.
    public int commits() {
      return accounts.stream().mapToInt(account -> account.commits().size()).sum();
    }

    public long calls() {
      return accounts.stream().mapToLong(AccountReport::totalCalls).sum();
    }

    /// A few lines per account, for a terminal.
    public List<String> lines() {
      return accounts.stream().map(AccountReport::lines).toList();
    }
  }
}
