package dev.paceline.load.postgres;

import dev.paceline.lake.Lake;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.step.PendingCommits;
import dev.paceline.load.step.StageResult;
import dev.paceline.load.step.Staged;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Stages what the lake has beyond what is published: all of it in one transaction, or nothing.
/// Replaces what was staged before.
public final class StageStep {

  private final Warehouse warehouse;
  private final Lake lake;
  private final SourceContract contract;

  public StageStep(Warehouse warehouse, Lake lake, SourceContract contract) {
    this.warehouse = warehouse;
    this.lake = lake;
    this.contract = contract;
  }

  public StageResult run() {
    warehouse.inTransaction(
        "Opening the schema ops",
        handle -> {
          OpsSchema.ensure(handle);
          return true;
        });
    return warehouse.inTransaction("Staging " + contract.source(), this::stage);
  }

  private StageResult stage(Handle handle) {
    Locks.lockSource(handle, contract.source());
    StageLedger ledger = new StageLedger(handle, contract.source());
    Instant startedAt = ledger.now();
    PendingCommits pending =
        PendingCommits.find(
            lake, contract.source(), PublishedCommits.read(handle, contract.source()));
    prepareTables(handle, ledger.find(), pending);
    StageCopy copy = new StageCopy(handle, lake.store(), contract);
    copy.run(pending.parts());
    Staged staged =
        new Staged(
            ledger.nextLoadId(),
            lake.id(),
            pending.commits(),
            copy.rows(),
            startedAt,
            ledger.now(),
            Optional.empty());
    ledger.write(staged);
    return new StageResult(staged, copy.drift(), copy.skipped());
  }

  private void prepareTables(Handle handle, Optional<Staged> before, PendingCommits pending) {
    Tables tables = new Tables(handle);
    for (TableContract table : contract.tables()) {
      tables.ensure(TableDefinition.production(contract.source(), table));
      TableDefinition stage = TableDefinition.stage(contract.source(), table);
      if (!pending.parts().isEmpty()) {
        tables.replaceUnlogged(stage);
      } else if (before.map(Staged::rows).orElse(Map.of()).containsKey(table.table())) {
        tables.truncate(stage);
      }
    }
  }
}
