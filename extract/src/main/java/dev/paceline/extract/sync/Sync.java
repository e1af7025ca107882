package dev.paceline.extract.sync;

import dev.paceline.extract.http.ApiClient;
import dev.paceline.lake.run.Exit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes all accounts of an application in turn, under one lock and within one budget: a hundred
/// reads a quarter-hour leave nothing to do in parallel. An account that fails never stops the
/// next; where the budget is spent or the run is asked to stop, the next says so at once.
public final class Sync {

  private final SyncRun run;
  private final Function<String, ApiClient> clients;

  /// A run over accounts.
  ///
  /// @param clients gives the client of an account
  public Sync(SyncRun run, Function<String, ApiClient> clients) {
    this.run = run;
    this.clients = clients;
  }

  /// Runs to the end; nothing that happens to an account is thrown.
  public Outcome run(List<String> accounts) {
    List<AccountReport> reports = new ArrayList<>();
    for (String account : accounts) {
      reports.add(new AccountSync(account, clients.apply(account), run).run());
    }
    return new Outcome(reports);
  }

  /// What a run came to, account by account.
  public record Outcome(List<AccountReport> accounts) {

    /// The gravest of the accounts' ends.
    public Exit exit() {
      return Exit.gravest(accounts.stream().map(AccountReport::exit).toList());
    }

    /// When it is worth running again; empty where nothing said so.
    public Optional<Instant> resumeAt() {
      return accounts.stream()
          .flatMap(account -> Optional.ofNullable(account.resumeAt()).stream())
          .max(Comparator.naturalOrder());
    }

    public long calls() {
      return accounts.stream().mapToLong(AccountReport::totalCalls).sum();
    }

    /// A line an account, for a person.
    public List<String> lines() {
      return accounts.stream().map(AccountReport::line).toList();
    }
  }
}
