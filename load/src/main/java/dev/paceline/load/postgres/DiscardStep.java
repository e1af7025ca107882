package dev.paceline.load.postgres;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.step.Staged;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/// Discards what is staged and not published; the next stage step stages it again.
public final class DiscardStep {

  private final Warehouse warehouse;
  private final SourceContract contract;

  public DiscardStep(Warehouse warehouse, SourceContract contract) {
    this.warehouse = warehouse;
    this.contract = contract;
  }

  /// Empties stage and returns what it held; empty if nothing was staged, or a load other than the
  /// given one.
  public Optional<Staged> run(OptionalLong loadId) {
    return warehouse.inTransaction(
        "Discarding what is staged of " + contract.source(), handle -> discard(handle, loadId));
  }

  private Optional<Staged> discard(Handle handle, OptionalLong loadId) {
    if (!OpsSchema.exists(handle)) {
      return Optional.empty();
    }
    Locks.lockSource(handle, contract.source());
    StageLedger ledger = new StageLedger(handle, contract.source());
    Optional<Staged> staged =
        ledger.find().filter(row -> loadId.isEmpty() || loadId.getAsLong() == row.loadId());
    staged.ifPresent(row -> {
      StageTables.truncate(handle, contract, row);
      ledger.delete();
    });
    return staged;
  }
}
