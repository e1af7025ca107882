package dev.paceline.load.step;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.Transaction;
import java.util.Optional;
import java.util.OptionalLong;

/// How far a load has come.
public enum LoadProgress {
  /// Never staged, discarded, replaced by another load, or lost in a crash.
  GONE,
  /// Staged, and its checks have not passed.
  STAGED,
  /// Staged, and its checks have passed.
  PASSED,
  PUBLISHED;

  /// Locks the source until the end of the transaction.
  ///
  /// @param loadId the load; whichever is staged if empty
  static LoadProgress of(
      Transaction transaction, SourceContract contract, String doing, OptionalLong loadId) {
    transaction.ensureOps();
    if (loadId.isPresent()
        && transaction.loads(contract.source()).find(loadId.getAsLong()).isPresent()) {
      return PUBLISHED;
    }
    Optional<Staged> staged = new StagedLoad(transaction, contract, doing).lockIfIntact(loadId);
    return staged.map(found -> found.passedAt().isPresent() ? PASSED : STAGED).orElse(GONE);
  }
}
