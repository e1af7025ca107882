package dev.paceline.load.postgres;

import dev.paceline.lake.Lake;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.step.LoadStatus;
import dev.paceline.load.step.LoadStatus.AccountStatus;
import dev.paceline.load.step.LoadStatus.TableStatus;
import dev.paceline.load.step.LogPosition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Reads the state of lake and warehouse, and changes nothing.
public final class StatusStep {

  private final Warehouse warehouse;
  private final Lake lake;
  private final SourceContract contract;

  public StatusStep(Warehouse warehouse, Lake lake, SourceContract contract) {
    this.warehouse = warehouse;
    this.lake = lake;
    this.contract = contract;
  }

  public LoadStatus run() {
    return warehouse.inTransaction("Reading the status of " + contract.source(), this::read);
  }

  private LoadStatus read(Handle handle) {
    if (!OpsSchema.exists(handle)) {
      return new LoadStatus(
          lake.id(),
          Optional.empty(),
          false,
          accounts(Map.of()),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }
    Map<String, LogPosition> published = PublishedCommits.read(handle, contract.source());
    return new LoadStatus(
        lake.id(),
        published.values().stream().map(LogPosition::lake).findFirst(),
        true,
        accounts(published),
        new StageLedger(handle, contract.source()).find(),
        LoadHistory.last(handle, contract.source()),
        tables(handle));
  }

  private Map<String, AccountStatus> accounts(Map<String, LogPosition> published) {
    TreeSet<String> names = new TreeSet<>(CommitLog.accounts(lake.store(), contract.source()));
    names.addAll(published.keySet());
    Map<String, AccountStatus> accounts = new TreeMap<>();
    for (String name : names) {
      long position = published.containsKey(name) ? published.get(name).number() : 0;
      long last = new CommitLog(lake.store(), contract.source(), name).last(0);
      accounts.put(name, new AccountStatus(last, position));
    }
    return accounts;
  }

  private Map<String, TableStatus> tables(Handle handle) {
    Map<String, TableStatus> tables = new TreeMap<>();
    for (TableContract table : contract.tables()) {
      TableDefinition definition = TableDefinition.production(contract.source(), table);
      if (new Tables(handle).exists(definition)) {
        tables.put(
            table.table(),
            handle
                .select(
                    "select count(*) as n, count(*) filter (where _deleted_at is null) as living from "
                        + definition.name())
                .map((row, context) -> new TableStatus(row.getLong("n"), row.getLong("living")))
                .one());
      }
    }
    return tables;
  }
}
