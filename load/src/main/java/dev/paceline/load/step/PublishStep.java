package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.ops.Published;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.ops.TableChanges;
import dev.paceline.load.postgres.SourceTables;
import dev.paceline.load.postgres.Transaction;
import dev.paceline.load.postgres.Warehouse;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Publishes what is staged and has passed its checks: tables, `ops.published` and `ops.loads`
/// change in one transaction, which also drops the stage. Killed at any moment, it has done all of
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
    return warehouse.inTransaction(doing, transaction -> publish(transaction, doing, loadId));
  }

  private Published publish(Transaction transaction, String doing, OptionalLong loadId) {
    transaction.ensureOps();
    if (loadId.isPresent()) {
      Optional<Published> done = transaction.loads(contract.source()).find(loadId.getAsLong());
      if (done.isPresent()) {
        return done.get();
      }
    }
    Staged staged = new StagedLoad(transaction, contract, doing).lock(loadId);
    refuseUnchecked(doing, staged);
    SourceTables tables = transaction.tables(contract);
    Map<String, TableChanges> changes = new TreeMap<>();
    for (TableContract table : contract.tables()) {
      Long rows = staged.rows().get(table.table());
      if (rows != null) {
        changes.put(table.table(), tables.publish(table, staged.loadId(), rows));
      }
    }
    transaction.published(contract.source()).advance(staged);
    Published published = transaction.loads(contract.source()).write(staged, changes);
    tables.dropStages();
    transaction.stage(contract.source()).delete();
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
}
