package dev.paceline.load.step;

import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Does what is missing before a step, so that a step can be repeated on its own, whatever has
/// happened to its load since. A load keeps its id when it is staged again: it then has what the
/// lake has now beyond what is published.
///
/// Each step is a transaction of its own. Where another command gets in between, the step that
/// follows ends with 75, and can be repeated.
public final class CatchUp {

  private final Warehouse warehouse;
  private final SourceContract contract;

  public CatchUp(Warehouse warehouse, SourceContract contract) {
    this.warehouse = warehouse;
    this.contract = contract;
  }

  /// How far the load has come.
  ///
  /// @param loadId the load; whichever is staged if empty
  public LoadProgress progress(OptionalLong loadId) {
    String doing = "Finding out how far the load of %s is".formatted(contract.source());
    return warehouse.inTransaction(
        doing, transaction -> LoadProgress.of(transaction, contract, doing, loadId));
  }

  /// Stages the load if that is missing, and returns what it staged.
  ///
  /// @param lake opens the lake; not called if nothing is missing
  public Optional<StageResult> stage(
      LoadProgress progress, OptionalLong loadId, Supplier<ObjectStore> lake) {
    if (progress != LoadProgress.GONE) {
      return Optional.empty();
    }
    try (ObjectStore store = lake.get()) {
      return Optional.of(new StageStep(warehouse, Lake.open(store), contract).again(loadId));
    }
  }

  /// Checks what is staged if that is missing, and returns the outcome, which may be a halt.
  public Optional<CheckOutcome> check(LoadProgress progress, OptionalLong loadId) {
    return switch (progress) {
      case GONE, STAGED -> Optional.of(new CheckStep(warehouse, contract).run(loadId));
      case PASSED, PUBLISHED -> Optional.empty();
    };
  }
}
