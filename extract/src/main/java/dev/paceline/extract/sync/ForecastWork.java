package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.SimulatedClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account's work in a forecast: changes the copy of its state as a run would, and spends
/// budget, but calls nothing and writes nothing.
final class ForecastWork implements AccountWork {

  private final ForecastAccount account;
  private final SimulatedClient client;
  private final Run run;
  private final SupposedChildren children;
  private final ForecastReader reader;
  private final RecordCounters counters = new RecordCounters();
  private @Nullable ForecastListing listing;

  ForecastWork(ForecastAccount account, SimulatedClient client, Run run) {
    this.account = account;
    this.client = client;
    this.run = run;
    this.children = account.supposedChildren();
    this.reader = new ForecastReader(account.name(), client, account.state(), children, run);
  }

  @Override
  public AccountState open() {
    return account.state();
  }

  @Override
  public Optional<Set<String>> scopes() {
    return account.state().scopes();
  }

  @Override
  public boolean isIdentityKnown() {
    return account.isIdentityKnown();
  }

  @Override
  public ListingStep list(Listing stream) {
    ForecastListing current = listing;
    try {
      if (current == null || !current.stream().equals(stream)) {
        current =
            new ForecastListing(stream, account.source(), client, account.state(), children, run);
        listing = current;
      }
      ListingStep step = current.next();
      if (!(step instanceof ListingStep.More)) {
        listing = null;
      }
      account.neededAt(run.clock().now());
      return step;
    } catch (Failure failed) {
      listing = null; // the next step resumes where this one got to
      throw failed;
    }
  }

  @Override
  public ItemStep read(List<FetchQueue.Entry> call) {
    Instant now = run.clock().now();
    boolean isNeeded = call.stream().anyMatch(entry -> entry.item().isDue(now));
    ItemStep step = reader.read(call);
    if (isNeeded) {
      account.neededAt(run.clock().now());
    }
    return step;
  }

  @Override
  public ItemStep finishReading() {
    return reader.finish();
  }

  @Override
  public void commit() {}

  @Override
  public boolean isBroken() {
    return false;
  }

  @Override
  public void ensureUsable() {}

  @Override
  public long gathered() {
    return 0;
  }

  @Override
  public Map<String, Long> calls() {
    return client.calls();
  }

  @Override
  public RecordCounters counters() {
    return counters;
  }

  @Override
  public void close() {}
}
