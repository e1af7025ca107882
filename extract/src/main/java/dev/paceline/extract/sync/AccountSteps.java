package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jspecify.annotations.Nullable;

/// Takes the steps of one account. A failure is not thrown but noted, and no further step should be
/// taken after it; but a step that only lacks budget can be taken again later.
final class AccountSteps {

  private final AccountWork work;
  private final Allowance allowance;
  private final Failures failures;
  private @Nullable Failure budgetSpent;
  private boolean opened;
  private boolean failed;
  private boolean cutShort;

  AccountSteps(String account, AccountWork work, Allowance allowance) {
    this.work = work;
    this.allowance = allowance;
    this.failures = new Failures(account);
  }

  /// How a step ended.
  enum Advance {
    /// There may be another step.
    MORE,
    /// There is none: all is done, or the account has failed.
    NONE,
    /// The step needs a call that the budget does not allow now: wait and take it again, or
    /// [#endEarly].
    BUDGET_SPENT
  }

  /// Notes that the account's state is open, so that there is something to commit.
  void opened() {
    opened = true;
  }

  Advance take(Runnable step) {
    Failure failure = failures.of(step).orElse(null);
    if (failure == null) {
      return Advance.MORE;
    }
    if (lacksOnlyBudget(failure)) {
      budgetSpent = failure;
      return Advance.BUDGET_SPENT;
    }
    note(failure);
    return Advance.NONE;
  }

  private boolean lacksOnlyBudget(Failure failure) {
    return failure.exit() == Exit.TRY_AGAIN
        && opened
        && !work.isBroken()
        && allowance.spentUntil().isPresent();
  }

  /// Ends the account's run, because the last step needs a call that the budget does not allow.
  void endEarly() {
    if (budgetSpent != null) {
      note(budgetSpent);
    }
  }

  /// Commits what was written. Does nothing after a commit that failed.
  void commit() {
    if (opened) {
      failures.of(work::commit).ifPresent(this::note);
    }
  }

  private void note(Failure failure) {
    failures.note(failure);
    failed = true;
    cutShort |= failure.exit() == Exit.TRY_AGAIN && opened;
  }

  /// Whether a step, or a commit, has failed.
  boolean haveFailed() {
    return failed;
  }

  /// Takes further steps all the same: they do not depend on the one that has failed.
  void goOn() {
    failed = false;
  }

  /// Whether the budget or a stop signal ended them early.
  boolean wereCutShort() {
    return cutShort;
  }

  Failures failures() {
    return failures;
  }
}
