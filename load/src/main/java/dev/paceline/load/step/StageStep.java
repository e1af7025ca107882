package dev.paceline.load.step;

import dev.paceline.lake.Lake;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.SourceTables;
import dev.paceline.load.postgres.StageLedger;
import dev.paceline.load.postgres.Transaction;
import dev.paceline.load.postgres.Warehouse;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Stages what the lake has beyond what is published: all of it, or nothing. Replaces what was
/// staged before.
///
/// The stage tables are the load's own and exist before the copying begins, so that each COPY can
/// have a connection of its own. A transaction around all of that holds the lock. It ends by
/// writing `ops.stage`, and only that makes the tables count: those of a load that was killed are
/// dropped by the next one.
public final class StageStep {

  private final Warehouse warehouse;
  private final Lake lake;
  private final SourceContract contract;
  private final String doing;

  public StageStep(Warehouse warehouse, Lake lake, SourceContract contract) {
    this.warehouse = warehouse;
    this.lake = lake;
    this.contract = contract;
    this.doing = "Staging " + contract.source();
  }

  public StageResult run() {
    return run(OptionalLong.empty());
  }

  /// Stages under the id of a load that is not staged any more, so that later steps find it.
  StageResult again(OptionalLong loadId) {
    return run(loadId);
  }

  private StageResult run(OptionalLong given) {
    warehouse.inTransaction(
        "Opening the schema ops",
        transaction -> {
          transaction.ensureOps();
          return true;
        });
    return warehouse.inTransaction(doing, transaction -> stage(transaction, given));
  }

  private StageResult stage(Transaction transaction, OptionalLong given) {
    transaction.lock(contract.source());
    StageLedger ledger = transaction.stage(contract.source());
    SourceTables tables = transaction.tables(contract);
    Instant startedAt = transaction.now();
    PendingCommits pending =
        PendingCommits.find(
            lake, contract.source(), transaction.published(contract.source()).read());
    tables.ensure();
    long loadId = given.orElseGet(ledger::nextLoadId);
    if (pending.parts().isEmpty()) {
      return write(transaction, pending, loadId, startedAt, Copied.NOTHING);
    }
    try {
      createTables(ledger.find(), loadId);
      return write(transaction, pending, loadId, startedAt, copy(pending, loadId));
    } catch (RuntimeException | Error failed) {
      dropTables(loadId, failed);
      throw failed;
    }
  }

  private StageResult write(
      Transaction transaction,
      PendingCommits pending,
      long loadId,
      Instant startedAt,
      Copied copied) {
    Staged staged =
        new Staged(
            loadId,
            lake.id(),
            pending.commits(),
            copied.rows(),
            startedAt,
            transaction.now(),
            Optional.empty());
    transaction.stage(contract.source()).write(staged);
    transaction.tables(contract).dropStagesExcept(loadId);
    return new StageResult(staged, copied.drift(), copied.skipped());
  }

  /// Creates the stage tables, and drops those of loads that were killed, and what this load lost.
  private void createTables(Optional<Staged> before, long loadId) {
    apart(tables -> {
      tables.requireDroppableStages();
      before
          .map(Staged::loadId)
          .filter(other -> other != loadId)
          .ifPresentOrElse(tables::dropStagesExcept, tables::dropStages);
      tables.createStage(loadId);
    });
  }

  private Copied copy(PendingCommits pending, long loadId) {
    FirstRejected rejected = new FirstRejected(doing, lake.store());
    Copied copied =
        new StageCopy(warehouse, lake.store(), contract, loadId).run(pending.parts(), rejected);
    rejected.refuse(contract.source());
    return copied;
  }

  /// Drops the stage tables of a load that failed. If that fails as well, the next load does it.
  private void dropTables(long loadId, Throwable failed) {
    try {
      apart(tables -> tables.dropStage(loadId));
    } catch (RuntimeException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  private void apart(Consumer<SourceTables> work) {
    warehouse.inTransactionApart(
        doing,
        transaction -> {
          work.accept(transaction.tables(contract));
          return true;
        });
  }
}
