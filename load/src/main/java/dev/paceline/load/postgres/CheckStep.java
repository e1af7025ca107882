package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.Check;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.step.CheckOutcome;
import dev.paceline.load.step.CheckResult;
import dev.paceline.load.step.Staged;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

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
    return warehouse.inTransaction(doing, handle -> check(handle, doing, loadId));
  }

  private CheckOutcome check(Handle handle, String doing, OptionalLong loadId) {
    OpsSchema.ensure(handle);
    StageLedger ledger = new StageLedger(handle, contract.source());
    Staged staged = ledger.lock(doing, contract, loadId);
    List<CheckResult> results =
        staged.rows().isEmpty() // then there is nothing that was not checked before
            ? List.of()
            : query(handle);
    results.forEach(result -> write(handle, staged, result));
    CheckOutcome outcome = new CheckOutcome(staged, results);
    ledger.recordOutcome(!outcome.isHalted());
    return outcome;
  }

  /// Runs all checks, in a part of the transaction that cannot write and of which nothing is left.
  private List<CheckResult> query(Handle handle) {
    handle.execute("savepoint paceline_checks");
    new CheckRelations(contract).create(handle);
    handle.execute("set local transaction_read_only = on");
    handle.execute("set local cursor_tuple_fraction = 1"); // all findings are read, not the first
    List<CheckResult> results =
        contract.checks().stream().map(check -> run(handle, check)).toList();
    handle.execute("rollback to savepoint paceline_checks");
    return results;
  }

  private CheckResult run(Handle handle, Check check) {
    try {
      return CheckQuery.run(handle.getConnection(), check);
    } catch (SQLException error) {
      if (SqlFailures.isSqlMistake(error)) {
        throw new Failure(
            Exit.CONFIGURATION,
            "Running checks/%s.sql of %s".formatted(check.name(), contract.source()),
            SqlFailures.firstLine(error),
            "correct the file, which must be one query with the columns account and what",
            error);
      }
      throw new UncheckedSqlException(error);
    }
  }

  private void write(Handle handle, Staged staged, CheckResult result) {
    handle
        .createUpdate(
            """
            insert into ops.check_results (
                load_id, source, name, severity, found, by_account, examples, checked_at
            )
            values (
                :load_id, :source, :name, :severity, :found, cast(:by_account as jsonb),
                cast(:examples as jsonb), clock_timestamp()
            )
            """)
        .bind("load_id", staged.loadId())
        .bind("source", contract.source())
        .bind("name", result.name())
        .bind("severity", result.severity())
        .bind("found", result.found())
        .bind("by_account", JsonColumn.write(result.accounts()))
        .bind("examples", JsonColumn.write(result.examples()))
        .execute();
  }
}
