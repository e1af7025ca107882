package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong in the run of an account. It goes into the report and is not thrown.
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final String account;
  private final List<Failure> failures = new ArrayList<>();

  Failures(String account) {
    this.account = account;
  }

  /// Runs a step; returns its failure, if any, and does not yet note it.
  Optional<Failure> of(Runnable step) {
    try {
      step.run();
      return Optional.empty();
    } catch (Failure known) {
      return Optional.of(known);
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

  void note(Failure failure) {
    LOG.debug("{}: {}", account, failure.getMessage());
    failures.add(failure);
  }

  Failure last() {
    return failures.getLast();
  }

  Exit exit() {
    return Exit.mostSevere(failures.stream().map(Failure::exit).toList());
  }

  /// The first of the most severe ones.
  Optional<Failure> mostSevere() {
    Exit exit = exit();
    return failures.stream().filter(failure -> failure.exit() == exit).findFirst();
  }

  /// When to run again; empty if that would not help.
  Optional<Instant> resumeAt() {
    return failures.stream()
        .flatMap(failure -> failure.resumeAt().stream())
        .max(Comparator.naturalOrder());
  }
}
