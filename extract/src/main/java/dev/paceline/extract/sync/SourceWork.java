package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an account from its source into the lake, under the account's lock.
public final class SourceWork implements AccountWork {

  private final Origin origin;
  private final ApiClient client;
  private final Run run;
  private final ObjectStore store;
  private final CurrentListing listing = new CurrentListing();
  private @Nullable LakeLock lock;
  private @Nullable Open open;

  public SourceWork(Origin origin, ApiClient client, Run run, ObjectStore store) {
    this.origin = origin;
    this.client = client;
    this.run = run;
    this.store = store;
  }

  /// What works on the account's state after it is opened.
  private record Open(LakeLock lock, AccountState state, AccountLog log, ItemReader items) {}

  @Override
  public AccountState open() {
    String account = origin.account();
    client.trustToken(); // only the listings that matter, and a probe, are worth a new token
    LakeLock held =
        LakeLock.acquire(
            store, LakeLayout.lock(origin.source(), account), origin.run(), run.clock()::now);
    lock = held;
    StateStore stateStore = new StateStore(store, run.plan().api(), account);
    AccountState state = stateStore.open();
    CommitWriter writer = new CommitWriter(store, origin, state.commit());
    AccountLog log =
        new AccountLog(account, writer, state, stateStore, run, held, client::totalCalls);
    open = new Open(held, state, log, new ItemReader(account, client, log, state, run));
    run.plan().listings().stream()
        .filter(run.plan()::isIdentity)
        .forEach(
            identity -> client.checkTokenBy(new TokenCheck(account, identity, client, state, run)));
    state.vouched(isIdentityKnown());
    return state;
  }

  @Override
  public Optional<Set<String>> scopes() {
    return client.scopes();
  }

  @Override
  public boolean isIdentityKnown() {
    Optional<String> committed = opened().state().identity().map(ListingGuard::id);
    Optional<String> subject = client.subject();
    return subject.isPresent() && committed.map(subject.get()::equals).orElse(true);
  }

  @Override
  public ListingStep list(Listing stream) {
    Open work = opened();
    return listing.next(
        stream,
        () -> new ListingRun(origin.account(), stream, client, work.log(), work.state(), run));
  }

  @Override
  public ItemStep read(List<FetchQueue.Entry> call) {
    return opened().items().read(FetchQueue.only(call));
  }

  @Override
  public boolean endReading() {
    return opened().items().endReading();
  }

  @Override
  public ItemStep finishReading() {
    return opened().items().finish();
  }

  @Override
  public void commit() {
    opened().log().commit();
  }

  @Override
  public boolean isBroken() {
    return opened().log().isBroken() || client.isTokenLost();
  }

  @Override
  public void ensureUsable() {
    opened().lock().ensureHeld();
  }

  @Override
  public long gathered() {
    return open == null ? 0 : open.log().gathered();
  }

  @Override
  public Map<String, Long> calls() {
    return client.calls();
  }

  @Override
  public RecordCounters counters() {
    return open == null ? new RecordCounters() : open.log().counters();
  }

  private Open opened() {
    Open known = open;
    if (known == null) {
      throw new IllegalStateException("The account %s is not open.".formatted(origin.account()));
    }
    return known;
  }

  @Override
  public void close() {
    try {
      if (open != null) {
        open.log().close();
      }
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
