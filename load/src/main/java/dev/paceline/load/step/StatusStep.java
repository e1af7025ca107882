package dev.paceline.load.step;

import dev.paceline.lake.Lake;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.LogPosition;
import dev.paceline.load.postgres.Transaction;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.LoadStatus.AccountStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

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

  private LoadStatus read(Transaction transaction) {
    if (!transaction.hasOps()) {
      return new LoadStatus(
          lake.id(),
          Optional.empty(),
          false,
          accounts(Map.of()),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }
    Map<String, LogPosition> published = transaction.published(contract.source()).read();
    return new LoadStatus(
        lake.id(),
        published.values().stream().map(LogPosition::lake).findFirst(),
        true,
        accounts(published),
        transaction.stage(contract.source()).find(),
        transaction.loads(contract.source()).last(),
        transaction.tables(contract).status());
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
}
