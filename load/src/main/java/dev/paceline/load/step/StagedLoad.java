package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.SourceTables;
import dev.paceline.load.postgres.Transaction;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/// Finds the load that a step continues, and whether its stage tables still hold what was staged.
final class StagedLoad {

  private final Transaction transaction;
  private final SourceContract contract;
  private final String doing;
  private final String remedy;

  /// @param doing for messages
  StagedLoad(Transaction transaction, SourceContract contract, String doing) {
    this.transaction = transaction;
    this.contract = contract;
    this.doing = doing;
    this.remedy = "run load stage " + contract.source();
  }

  /// What is staged, for this transaction alone, and verified against the tables.
  ///
  /// @param loadId the load it must be; any if empty
  Staged lock(OptionalLong loadId) {
    transaction.lock(contract.source());
    Staged staged =
        transaction.stage(contract.source()).findAndLock().orElseThrow(this::nothingStaged);
    if (loadId.isPresent() && loadId.getAsLong() != staged.loadId()) {
      throw tryAgain(
          "load %d is no longer staged, load %d is".formatted(loadId.getAsLong(), staged.loadId()),
          "leave it to that load, or " + remedy);
    }
    refuseOtherTables(staged);
    if (!staged.rows().isEmpty()) {
      contract.tables().forEach(table -> refuseLost(staged, table));
    }
    return staged;
  }

  /// A step whose response was lost may already have published the load.
  private Failure nothingStaged() {
    return transaction
        .loads(contract.source())
        .last()
        .map(last ->
            tryAgain(
                "nothing is staged; load %d was published at %s and may be the one you mean"
                    .formatted(last.loadId(), last.finishedAt().truncatedTo(ChronoUnit.SECONDS)),
                "see load status %s; to load what is new, %s".formatted(contract.source(), remedy)))
        .orElseGet(() -> tryAgain("nothing is staged", remedy));
  }

  /// What was staged for a table must not be forgotten because its contract is gone.
  private void refuseOtherTables(Staged staged) {
    List<String> known = contract.tables().stream().map(TableContract::table).toList();
    for (String table : staged.rows().keySet()) {
      if (!known.contains(table)) {
        throw tryAgain(
            "the stage of load %d belongs to another version: it has the table %s, which has no contract"
                .formatted(staged.loadId(), table),
            remedy + " to stage it again");
      }
    }
  }

  private void refuseLost(Staged staged, TableContract table) {
    long written = staged.rows().getOrDefault(table.table(), 0L);
    SourceTables tables = transaction.tables(contract);
    String name = tables.stageName(table, staged.loadId());
    if (!tables.isStaged(table, staged.loadId())) {
      throw tryAgain(
          "the stage of load %d was lost or belongs to another version: %s does not match its contract"
              .formatted(staged.loadId(), name),
          remedy + " to stage it again");
    }
    long found = tables.countStaged(table, staged.loadId());
    if (found != written) {
      throw tryAgain(
          "the stage of load %d was lost: %s holds %d of its %d rows, as happens after a Postgres crash"
              .formatted(staged.loadId(), name, found, written),
          remedy + " to stage it again");
    }
  }

  private Failure tryAgain(String what, String then) {
    return new Failure(Exit.TRY_AGAIN, doing, what, then);
  }
}
