package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ScopeMissing;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the steps of one account. Nothing that happens is thrown: it is noted, and no further step
/// should be taken.
final class StepRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final String account;
  private final RunCounters counters;
  private final ListingReserve reserve;
  private boolean ended;
  private boolean cutShort;

  StepRunner(String account, RunCounters counters, ListingReserve reserve) {
    this.account = account;
    this.counters = counters;
    this.reserve = reserve;
  }

  /// Takes a step; answers how it ended.
  Exit run(Runnable step) {
    return noted(failureOf(step));
  }

  /// Takes a step, and takes it again after the window where the run waits for the budget.
  Exit runOrWait(Runnable step) {
    Optional<Failure> failure = failureOf(step);
    while (failure.filter(each -> reserve.waitIfBudgetSpent(each, () -> !ended)).isPresent()) {
      failure = failureOf(step);
    }
    return noted(failure);
  }

  /// Whether a step has failed.
  boolean hasFailed() {
    return ended;
  }

  /// The last failure says nothing of the steps to come.
  void clearFailure() {
    ended = false;
  }

  /// Whether the budget, or whoever stopped the run, left something to do.
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
      LOG.error("{}: a bug of ours", account, bug);
      return Optional.of(
          new Failure(
              Exit.BUG,
              "Reading the account " + account,
              String.valueOf(bug),
              "please report it with the lines above",
              bug));
    }
  }

  private Exit noted(Optional<Failure> failure) {
    if (failure.isEmpty()) {
      return Exit.DONE;
    }
    LOG.debug("{}: {}", account, failure.get().getMessage()); // the report tells it
    counters.failed(failure.get());
    ended = true;
    cutShort |= failure.get().exit() == Exit.TRY_AGAIN;
    return failure.get().exit();
  }
}
