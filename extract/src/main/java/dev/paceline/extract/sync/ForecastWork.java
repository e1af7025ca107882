package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.SimulatedClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An account's work in a forecast: changes the copy of its state as a run would, and spends
/// budget, but calls nothing and writes nothing.
final class ForecastWork implements AccountWork {

  private final ForecastAccount account;
  private final SimulatedClient client;
  private final Run run;
  private final SupposedChildren children;
  private final ForecastReader reader;
  private final RecordCounters counters = new RecordCounters();
  private final CurrentListing listing = new CurrentListing();

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
    ListingStep step =
        listing.next(
            stream,
            () ->
                new ForecastListing(
                    stream, account.source(), client, account.state(), children, run));
    account.neededAt(run.clock().now());
    return step;
  }

  @Override
  public ItemStep read(List<FetchQueue.Entry> call) {
    FetchQueue.Entry entry = FetchQueue.only(call);
    boolean isNeeded = entry.item().isDue(run.clock().now());
    ItemStep step = reader.read(entry);
    if (isNeeded) {
      account.neededAt(run.clock().now());
    }
    return step;
  }

  @Override
  public boolean endReading() {
    return reader.endReading();
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
