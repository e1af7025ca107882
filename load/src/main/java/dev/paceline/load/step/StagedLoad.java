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
import java.util.Optional;
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
    Optional<Staged> staged = find();
    obstacle(staged, loadId)
        .ifPresent(refused -> {
          throw refused;
        });
    return staged.orElseThrow();
  }

  /// The same, but empty where [#lock] fails because the load cannot be continued.
  Optional<Staged> lockIfIntact(OptionalLong loadId) {
    Optional<Staged> staged = find();
    return obstacle(staged, loadId).isPresent() ? Optional.empty() : staged;
  }

  private Optional<Staged> find() {
    transaction.lock(contract.source());
    return transaction.stage(contract.source()).findAndLock();
  }

  /// Why the load cannot be continued; empty if it can.
  private Optional<Failure> obstacle(Optional<Staged> found, OptionalLong loadId) {
    if (found.isEmpty()) {
      return Optional.of(nothingStaged());
    }
    Staged staged = found.get();
    if (loadId.isPresent() && loadId.getAsLong() != staged.loadId()) {
      return Optional.of(
          tryAgain(
              "load %d is no longer staged: load %d has replaced it"
                  .formatted(loadId.getAsLong(), staged.loadId()),
              "leave it to that load, or " + remedy));
    }
    return otherTable(staged).or(() -> lostTable(staged));
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
  private Optional<Failure> otherTable(Staged staged) {
    List<String> known = contract.tables().stream().map(TableContract::table).toList();
    return staged.rows().keySet().stream()
        .filter(table -> !known.contains(table))
        .findFirst()
        .map(table ->
            tryAgain(
                "the stage of load %d belongs to another version: it has the table %s, which has no contract"
                    .formatted(staged.loadId(), table),
                remedy + " to stage it again"));
  }

  private Optional<Failure> lostTable(Staged staged) {
    return staged.rows().isEmpty()
        ? Optional.empty()
        : contract.tables().stream().flatMap(table -> lost(staged, table).stream()).findFirst();
  }

  private Optional<Failure> lost(Staged staged, TableContract table) {
    long written = staged.rows().getOrDefault(table.table(), 0L);
    SourceTables tables = transaction.tables(contract);
    String name = tables.stageName(table, staged.loadId());
    if (!tables.isStaged(table, staged.loadId())) {
      return Optional.of(
          tryAgain(
              "the stage of load %d was lost or belongs to another version: %s does not match its contract"
                  .formatted(staged.loadId(), name),
              remedy + " to stage it again"));
    }
    long found = tables.countStaged(table, staged.loadId());
    return found == written
        ? Optional.empty()
        : Optional.of(
            tryAgain(
                "the stage of load %d was lost: %s holds %d of its %d rows, as happens after a Postgres crash"
                    .formatted(staged.loadId(), name, found, written),
                remedy + " to stage it again"));
  }

  private Failure tryAgain(String what, String then) {
    return new Failure(Exit.TRY_AGAIN, doing, what, then);
  }
}
