package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.step.Published;
import dev.paceline.load.step.Staged;
import dev.paceline.load.step.TableChanges;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Publishes what is staged and has passed its checks: tables, `ops.published` and `ops.loads`
/// change in one transaction, which also empties stage. Killed at any moment, it has done all of
/// that or none.
public final class PublishStep {

  private final Warehouse warehouse;
  private final SourceContract contract;

  public PublishStep(Warehouse warehouse, SourceContract contract) {
    this.warehouse = warehouse;
    this.contract = contract;
  }

  /// Publishes; a load that is already published is only reported again.
  ///
  /// @param loadId the load that must be staged; any if empty
  public Published run(OptionalLong loadId) {
    String doing = "Publishing " + contract.source();
    return warehouse.inTransaction(doing, handle -> publish(handle, doing, loadId));
  }

  private Published publish(Handle handle, String doing, OptionalLong loadId) {
    OpsSchema.ensure(handle);
    if (loadId.isPresent()) {
      Optional<Published> done = LoadHistory.find(handle, contract.source(), loadId.getAsLong());
      if (done.isPresent()) {
        return done.get();
      }
    }
    StageLedger ledger = new StageLedger(handle, contract.source());
    Staged staged = ledger.lock(doing, contract, loadId);
    refuseUnchecked(doing, staged);
    Map<String, TableChanges> changes = new TreeMap<>();
    for (TableContract table : contract.tables()) {
      Long rows = staged.rows().get(table.table());
      if (rows != null) {
        changes.put(table.table(), change(handle, table, rows));
      }
    }
    PublishedCommits.advance(handle, contract.source(), staged);
    Published published = LoadHistory.write(handle, contract.source(), staged, changes);
    StageTables.truncate(handle, contract, staged);
    ledger.delete();
    return published;
  }

  private void refuseUnchecked(String doing, Staged staged) {
    if (staged.passedAt().isEmpty()) {
      throw new Failure(
          Exit.UNUSABLE,
          doing,
          "load %d has not passed its checks".formatted(staged.loadId()),
          "run load check " + contract.source());
    }
  }

  private TableChanges change(Handle handle, TableContract table, long staged) {
    new Tables(handle).compare(TableDefinition.production(contract.source(), table));
    return handle
        .select(TableMode.of(contract.source(), table).publish(handle))
        .map((row, context) ->
            new TableChanges(
                staged, row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted")))
        .one();
  }
}
