package dev.paceline.load.step;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.CheckResult;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.Transaction;
import dev.paceline.load.postgres.Warehouse;
import java.util.List;
import java.util.OptionalLong;

/// Runs the source's checks on the staged records merged with the published ones, and writes the
/// findings to `ops.check_results`. Only what has passed can be published.
public final class CheckStep {

  private final Warehouse warehouse;
  private final SourceContract contract;

  public CheckStep(Warehouse warehouse, SourceContract contract) {
    this.warehouse = warehouse;
    this.contract = contract;
  }

  /// Runs the checks. A halt is part of the outcome; see [CheckOutcome#refuseHalted].
  ///
  /// @param loadId the load that must be staged; any if empty
  public CheckOutcome run(OptionalLong loadId) {
    String doing = "Checking " + contract.source();
    return warehouse.inTransaction(doing, transaction -> check(transaction, doing, loadId));
  }

  private CheckOutcome check(Transaction transaction, String doing, OptionalLong loadId) {
    transaction.ensureOps();
    Staged staged = new StagedLoad(transaction, contract, doing).lock(loadId);
    List<CheckResult> results =
        staged.rows().isEmpty() // then there is nothing that was not checked before
            ? List.of()
            : transaction.checks(contract, staged.loadId()).run();
    CheckOutcome outcome = new CheckOutcome(staged, results);
    transaction.stage(contract.source()).recordOutcome(!outcome.isHalted());
    return outcome;
  }
}
