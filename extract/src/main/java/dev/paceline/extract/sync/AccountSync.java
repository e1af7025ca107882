package dev.paceline.extract.sync;

import dev.paceline.extract.sync.AccountSteps.Advance;
import java.time.Instant;
import java.time.LocalDate;
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

  private @Nullable AccountState state;
  private @Nullable AccountItems items;

  AccountSync(String account, AccountWork work, Run run, Allowance allowance) {
    this.account = account;
    this.work = work;
    this.run = run;
    this.allowance = allowance;
    this.steps = new AccountSteps(account, work, allowance);
    this.skipped = new SkippedStreams(run.plan());
    this.listings = new AccountListings(run, work, skipped);
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
      items = new AccountItems(account, work, run, allowance, steps, skipped, opened);
      steps.opened();
      if (work.isIdentityKnown()) {
        scopes.ifPresent(opened::granted);
      }
      scopes.ifPresent(skipped::skipUngranted);
      skipped.skipRefused(opened, run.clock().now());
    });
  }

  /// Whether an earlier run of this day has left something to do.
  boolean hasWorkLeft(LocalDate day, Instant now) {
    AccountState known = state;
    return known != null
        && items != null
        && !steps.haveFailed()
        && (!listings.areCompleteOf(day, known) || items.hasDue(now));
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
    Advance usable = steps.take(this::ensureUsable);
    if (usable != Advance.MORE) {
      return usable;
    }
    Advance advance = steps.take(listings::step);
    if (steps.haveFailed() && listings.leaveOut(steps.failures().last().exit())) {
      steps.goOn();
      return Advance.MORE;
    }
    return advance;
  }

  private void ensureUsable() {
    run.ensureNotStopped(account);
    work.ensureUsable();
  }

  /// Decides which records to read because of the listings.
  void prepareReading() {
    ifOpen(AccountItems::prepareReading);
  }

  /// Reads one of the records that the listings request.
  Advance readNext() {
    return items == null ? Advance.NONE : items.readNext();
  }

  /// Chooses the records to read again for edits that no listing shows.
  ///
  /// @param before only records that were last read before this moment
  void prepareVerifying(Instant before) {
    ifOpen(opened -> opened.prepareVerifying(before));
  }

  /// Reads one record again, as far as the budget allows it.
  Advance verifyNext() {
    return items == null ? Advance.NONE : items.verifyNext();
  }

  /// Decides about the last records that could not be read.
  Advance finishNext() {
    return items == null ? Advance.NONE : items.finishNext();
  }

  private void ifOpen(Consumer<AccountItems> action) {
    if (items != null) {
      action.accept(items);
    }
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
    return items == null ? 0 : items.queued();
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
        items == null ? null : items.queueReport(listingCalls()),
        known == null ? null : RejectsReport.of(run.plan(), known, run.clock().now()),
        items == null ? null : items.verifyReport(),
        steps.failures().mostSevere().map(AccountReport::error).orElse(null),
        steps.failures().resumeAt().orElse(null));
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
