package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The result of a run, account by account.
public record SyncOutcome(List<AccountReport> accounts) {

  /// The most severe exit of all accounts.
  public Exit exit() {
    return Exit.mostSevere(accounts.stream().map(AccountReport::exit).toList());
  }

  /// When to run again; empty if no account asked for it.
  public Optional<Instant> resumeAt() {
    return accounts.stream()
        .flatMap(account -> Optional.ofNullable(account.resumeAt()).stream())
        .max(Comparator.naturalOrder());
  }

  /// How many commits were made.
  public int commits() {
    return accounts.stream().mapToInt(account -> account.commits().size()).sum();
  }

  public long calls() {
    return accounts.stream().mapToLong(AccountReport::totalCalls).sum();
  }

  /// A few lines per account, for a terminal.
  public List<String> lines() {
    return accounts.stream().map(AccountReport::lines).toList();
  }
}
