package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ScopeMissing;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the steps of one account. A failure is not thrown but noted, and no further step should be
/// run after it.
final class StepRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final String account;
  private final RunCounters counters;
  private final ListingReserve reserve;
  private boolean failed;
  private boolean cutShort;

  StepRunner(String account, RunCounters counters, ListingReserve reserve) {
    this.account = account;
    this.counters = counters;
    this.reserve = reserve;
  }

  /// Runs a step; returns how it ended.
  Exit run(Runnable step) {
    return note(failureOf(step));
  }

  /// Runs a step. If the budget is spent and the run waits for it, runs the step again afterwards.
  Exit runOrWait(Runnable step) {
    Optional<Failure> failure = failureOf(step);
    while (failure.filter(each -> reserve.waitIfBudgetSpent(each, () -> !failed)).isPresent()) {
      failure = failureOf(step);
    }
    return note(failure);
  }

  /// Whether a step has failed.
  boolean hasFailed() {
    return failed;
  }

  /// Ignores the last failure, because it does not concern the steps to come.
  void clearFailure() {
    failed = false;
  }

  /// Whether the budget or a stop signal ended the run early.
  boolean wasCutShort() {
    return cutShort;
  }

  private Optional<Failure> failureOf(Runnable step) {
    try {
      step.run();
      return Optional.empty();
    } catch (Failure known) {
      return Optional.of(known);
    } catch (ScopeMissing missing) {
      return Optional.of(missing.failure());
    } catch (RuntimeException bug) {
      LOG.error("{}: a bug in Paceline", account, bug);
      return Optional.of(
          new Failure(
              Exit.BUG,
              "Reading the account " + account,
              String.valueOf(bug),
              "please report it with the lines above",
              bug));
    }
  }

  private Exit note(Optional<Failure> failure) {
    if (failure.isEmpty()) {
      return Exit.DONE;
    }
    LOG.debug("{}: {}", account, failure.get().getMessage()); // it is in the report
    counters.failed(failure.get());
    failed = true;
    cutShort |= failure.get().exit() == Exit.TRY_AGAIN;
    return failure.get().exit();
  }
}
