package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.Check;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.step.CheckOutcome;
import dev.paceline.load.step.CheckResult;
import dev.paceline.load.step.Finding;
import dev.paceline.load.step.Staged;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Runs the source's checks on the staged records merged with the published ones, and writes the
/// findings to `ops.check_results`. Only what has passed can be published.
public final class CheckStep {

  private static final int EXAMPLES = 5;

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
    List<CheckResult> results = new ArrayList<>();
    if (!staged.rows().isEmpty()) { // otherwise there is nothing that was not checked before
      CheckSql sql = new CheckSql(contract);
      for (Check check : contract.checks()) {
        CheckResult result = run(handle, check, sql.of(check));
        write(handle, staged, result);
        results.add(result);
      }
    }
    CheckOutcome outcome = new CheckOutcome(staged, results);
    ledger.recordOutcome(!outcome.isHalted());
    return outcome;
  }

  private CheckResult run(Handle handle, Check check, String sql) {
    try {
      return query(handle, check, sql);
    } catch (JdbiException failed) {
      SQLException error = SqlFailures.cause(failed).orElseThrow(() -> failed);
      if (SqlFailures.isSqlMistake(error)) {
        throw new Failure(
            Exit.CONFIGURATION,
            "Running checks/%s.sql of %s".formatted(check.name(), contract.source()),
            SqlFailures.firstLine(error),
            "correct the file",
            error);
      }
      throw failed;
    }
  }

  private static CheckResult query(Handle handle, Check check, String sql) {
    List<Finding> examples = new ArrayList<>();
    long found =
        handle
            .select(sql)
            .map((row, context) -> new Finding(row.getString("account"), row.getString("what")))
            .stream()
            .peek(finding -> {
              if (examples.size() < EXAMPLES) {
                examples.add(finding);
              }
            })
            .count();
    return new CheckResult(check.name(), check.severity().word(), found, examples);
  }

  private void write(Handle handle, Staged staged, CheckResult result) {
    handle
        .createUpdate(
            """
            insert into ops.check_results (
                load_id, source, name, severity, found, examples, checked_at
            )
            values (
                :load_id, :source, :name, :severity, :found, cast(:examples as jsonb),
                clock_timestamp()
            )
            """)
        .bind("load_id", staged.loadId())
        .bind("source", contract.source())
        .bind("name", result.name())
        .bind("severity", result.severity())
        .bind("found", result.found())
        .bind("examples", JsonColumn.write(result.examples()))
        .execute();
  }
}
