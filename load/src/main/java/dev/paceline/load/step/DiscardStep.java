package dev.paceline.load.step;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.Transaction;
import dev.paceline.load.postgres.Warehouse;
import java.util.Optional;
import java.util.OptionalLong;

/// Discards what is staged and not published; the next stage step stages it again.
public final class DiscardStep {

  private final Warehouse warehouse;
  private final SourceContract contract;

  public DiscardStep(Warehouse warehouse, SourceContract contract) {
    this.warehouse = warehouse;
    this.contract = contract;
  }

  /// Drops the stage and returns what it held; empty if nothing was staged, or a load other than
  /// the given one.
  public Optional<Staged> run(OptionalLong loadId) {
    return warehouse.inTransaction(
        "Discarding what is staged of " + contract.source(),
        transaction -> discard(transaction, loadId));
  }

  private Optional<Staged> discard(Transaction transaction, OptionalLong loadId) {
    if (!transaction.hasOps()) {
      return Optional.empty();
    }
    transaction.lock(contract.source());
    Optional<Staged> staged =
        transaction
            .stage(contract.source())
            .find()
            .filter(row -> loadId.isEmpty() || loadId.getAsLong() == row.loadId());
    staged.ifPresent(row -> {
      transaction.tables(contract).dropStages();
      transaction.stage(contract.source()).delete();
    });
    return staged;
  }
}
