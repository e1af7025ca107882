package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.Check;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.CheckResult;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The checks of a source, and `ops.check_results`.
public final class Checks {

  private final Handle handle;
  private final SourceContract contract;
  private final long loadId;

  Checks(Handle handle, SourceContract contract, long loadId) {
    this.handle = handle;
    this.contract = contract;
    this.loadId = loadId;
  }

  /// Runs all checks, in a part of the transaction that cannot write and of which nothing is left,
  /// and records their results.
  public List<CheckResult> run() {
    handle.execute("savepoint paceline_checks");
    new CheckRelations(contract, loadId).create(handle);
    handle.execute("set local transaction_read_only = on");
    handle.execute("set local cursor_tuple_fraction = 1"); // all findings are read, not the first
    List<CheckResult> results = contract.checks().stream().map(this::run).toList();
    handle.execute("rollback to savepoint paceline_checks");
    results.forEach(this::write);
    return results;
  }

  private CheckResult run(Check check) {
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

  private void write(CheckResult result) {
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
        .bind("load_id", loadId)
        .bind("source", contract.source())
        .bind("name", result.name())
        .bind("severity", result.severity())
        .bind("found", result.found())
        .bind("by_account", JsonColumn.write(result.accounts()))
        .bind("examples", JsonColumn.write(result.examples()))
        .execute();
  }
}
