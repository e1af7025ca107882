package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ScopeMissing;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the steps of one account. Nothing that happens is thrown: it is noted, and no further step
/// should be taken.
final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final String account;
  private final Tally tally;
  private final Reserve reserve;
  private boolean ended;
  private boolean cutShort;

  Steps(String account, Tally tally, Reserve reserve) {
    this.account = account;
    this.tally = tally;
    this.reserve = reserve;
  }

  /// Takes a step; answers how it ended.
  Exit take(Runnable step) {
    return noted(failureOf(step));
  }

  /// Takes a step, and takes it again after the window where the run waits for the budget.
  Exit takePatiently(Runnable step) {
    Optional<Failure> failure = failureOf(step);
    while (failure.filter(each -> reserve.waitsFor(each, () -> !ended)).isPresent()) {
      failure = failureOf(step);
    }
    return noted(failure);
  }

  /// Whether a step has failed.
  boolean haveEnded() {
    return ended;
  }

  /// The last failure says nothing of the steps to come.
  void goOn() {
    ended = false;
  }

  /// Whether the budget, or whoever stopped the run, left something to do.
  boolean wereCutShort() {
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
    tally.failed(failure.get());
    ended = true;
    cutShort |= failure.get().exit() == Exit.TRY_AGAIN;
    return failure.get().exit();
  }
}
