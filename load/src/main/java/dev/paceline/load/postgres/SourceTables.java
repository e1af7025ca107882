package dev.paceline.load.postgres;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.ops.TableChanges;
import dev.paceline.load.ops.TableStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;

/// The tables of a source: those that readers see, and the stage tables of its loads.
public final class SourceTables {

  private final Handle handle;
  private final SourceContract contract;
  private final Tables tables;

  SourceTables(Handle handle, SourceContract contract) {
    this.handle = handle;
    this.contract = contract;
    this.tables = new Tables(handle);
  }

  /// Creates the tables that do not exist yet, and refuses those that differ from their contract.
  public void ensure() {
    for (TableContract table : contract.tables()) {
      tables.ensure(TableDefinition.production(contract.source(), table));
    }
  }

  /// Creates the stage tables of a load.
  public void createStage(long loadId) {
    for (TableContract table : contract.tables()) {
      tables.createUnlogged(staged(table, loadId).stage());
    }
  }

  /// Refuses (exit 78) views that depend on a stage table, before it takes time to find out.
  public void requireDroppableStages() {
    tables
        .stages(contract.source())
        .keySet()
        .forEach(name -> tables.refuseDependents(contract.source(), name));
  }

  /// Drops the stage tables of all loads.
  public void dropStages() {
    drop(loadId -> true);
  }

  /// Drops the stage tables of all loads but one.
  public void dropStagesExcept(long loadId) {
    drop(other -> other != loadId);
  }

  /// Drops the stage tables of a load.
  public void dropStage(long loadId) {
    drop(other -> other == loadId);
  }

  private void drop(LongPredicate ofLoad) {
    tables
        .stages(contract.source())
        .forEach((name, loadId) -> {
          if (ofLoad.test(loadId)) {
            tables.dropStage(contract.source(), name);
          }
        });
  }

  /// Whether a load's stage table exists and has the columns of its contract.
  public boolean isStaged(TableContract table, long loadId) {
    return tables.matches(staged(table, loadId).stage());
  }

  /// How many rows a load has staged.
  public long countStaged(TableContract table, long loadId) {
    return tables.count(staged(table, loadId).stage());
  }

  /// The full name of a load's stage table, for messages.
  public String stageName(TableContract table, long loadId) {
    return staged(table, loadId).stage().plainName();
  }

  /// Publishes what a load has staged of a table.
  ///
  /// @param rows how many rows it has staged
  public TableChanges publish(TableContract table, long loadId, long rows) {
    StagedTable staged = staged(table, loadId);
    tables.compare(staged.production());
    return handle
        .select(TableMode.of(staged).publish(handle))
        .map((row, context) ->
            new TableChanges(
                rows, row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted")))
        .one();
  }

  /// The rows of each table that exists.
  public Map<String, TableStatus> status() {
    Map<String, TableStatus> status = new TreeMap<>();
    for (TableContract table : contract.tables()) {
      TableDefinition definition = TableDefinition.production(contract.source(), table);
      if (tables.exists(definition)) {
        status.put(table.table(), status(definition));
      }
    }
    return status;
  }

  private TableStatus status(TableDefinition table) {
    return handle
        .select(
            "select count(*) as n, count(*) filter (where _deleted_at is null) as living from "
                + table.name())
        .map((row, context) -> new TableStatus(row.getLong("n"), row.getLong("living")))
        .one();
  }

  private StagedTable staged(TableContract table, long loadId) {
    return new StagedTable(contract.source(), table, loadId);
  }
}
