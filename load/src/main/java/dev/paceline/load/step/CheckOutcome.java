package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.Severity;
import dev.paceline.load.ops.CheckResult;
import dev.paceline.load.ops.Finding;
import dev.paceline.load.ops.Staged;
import java.util.List;
import java.util.stream.Collectors;

/// The outcome of a load's checks.
public record CheckOutcome(Staged staged, List<CheckResult> results) {

  public boolean isHalted() {
    return !halted().isEmpty();
  }

  private List<CheckResult> halted() {
    return results.stream()
        .filter(result -> result.severity().equals(Severity.HALT.word()) && !result.passed())
        .toList();
  }

  /// Fails if a check halted the load, naming each check that did and its findings.
  public void refuseHalted(String source) {
    if (!isHalted()) {
      return;
    }
    String found = halted().stream().map(CheckOutcome::describe).collect(Collectors.joining("; "));
    throw new Failure(
        Exit.UNUSABLE,
        "Checking load %d of %s".formatted(staged.loadId(), source),
        "a check halted the load, nothing was published: " + found,
        "see ops.check_results, fix the source or its configuration, and load again");
  }

  private static String describe(CheckResult result) {
    String examples =
        result.examples().stream().map(Finding::toString).collect(Collectors.joining(", "));
    return "%s found %d (%s)".formatted(result.name(), result.found(), examples);
  }
}
