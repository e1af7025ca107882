package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.SimulatedClient;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.sync.AccountWork.ItemStep;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads records in a forecast: what [ItemReader] does if the source has not changed. A record that
/// could not be read fails again.
final class ForecastReader {

  private static final int FORBIDDEN = 403;

  private final SimulatedClient client;
  private final AccountState state;
  private final Run run;
  private final StateUpdater updater;
  private final SupposedChildren children;
  private final PendingRejects rejects;

  ForecastReader(
      String account,
      SimulatedClient client,
      AccountState state,
      SupposedChildren children,
      Run run) {
    this.client = client;
    this.state = state;
    this.run = run;
    this.updater = new StateUpdater(run.plan(), state);
    this.children = children;
    this.rejects = new PendingRejects(account, (stream, key, at, reject) -> {}, state::hasRead);
  }

  ItemStep read(FetchQueue.Entry entry) {
    Child stream = entry.stream();
    ItemState item = entry.item();
    if (!entry.needsCall()) {
      updater.absent(stream, entry.key(), run.clock().now());
      return ItemStep.of(false);
    }
    PathTemplate.ofChild(stream, run.plan().keyMembers(stream), entry.key(), state);
    Optional<Attempts> failure = item.failure();
    if (failure.isPresent()) {
      return failAgain(entry, failure.get());
    }
    if (state.isDenied(stream.name()) && !item.isRead()) {
      Instant at = client.call(stream.path());
      rejects.add(entry, denied(FORBIDDEN, "the token lacks a scope", at, true), 1);
      return decide();
    }
    Instant at = client.call(stream.path());
    for (long page = 2; page <= ChildCost.of(stream, item); page++) {
      at = client.call(stream.path());
    }
    rejects.fetched(stream.name());
    boolean isNew = !item.isRead();
    item.readAs(item.hash(), at);
    children.request(stream, entry.key(), isNew);
    return ItemStep.of(false);
  }

  private ItemStep failAgain(FetchQueue.Entry entry, Attempts last) {
    int status = last.status();
    byte[] body = {};
    long calls = last.calls();
    Instant at = client.callInVain(entry.stream().path(), status, calls);
    if (status == PendingRejects.NO_STATUS) {
      callFirstListing(); // it shows at once whether the source is at fault
      rejects.add(entry, new Reject(status, last.reason(), body), at, calls);
      rejects.sourceIsUp();
      return decide();
    }
    if (status == RejectLog.OK && calls <= 1) {
      rejects.add(entry, new Content.TooMuch(last.reason(), body), at, calls);
      return ItemStep.of(false);
    }
    if (last.isDenial()) {
      rejects.add(entry, denied(status, last.reason(), at, false), calls);
    } else {
      rejects.add(entry, new ApiResponse.Refused<>(status, last.reason(), body, at), calls);
    }
    return decide();
  }

  private static ApiResponse.Denied<Content> denied(
      int status, String reason, Instant at, boolean lacksScope) {
    Failure ofAccount =
        new Failure(Exit.REFUSED, "Forecasting a call", reason, "authorize the account again");
    return new ApiResponse.Denied<>(status, reason, new byte[0], at, lacksScope, ofAccount);
  }

  private ItemStep decide() {
    if (rejects.needsProbe()) {
      probe();
    }
    Map<String, String> denied = new HashMap<>(rejects.withoutScope(false));
    denied.putAll(rejects.tooMany());
    return new ItemStep(false, denied, List.of());
  }

  /// Notes that no further record will be read; returns whether it takes a call to decide about the
  /// last rejects.
  boolean endReading() {
    return rejects.end();
  }

  /// Decides about the last rejects, as no further record will be read.
  ItemStep finish() {
    Map<String, String> denied = rejects.withoutScope(true);
    if (rejects.isUndecided()) {
      probe();
    }
    return new ItemStep(false, denied, List.of());
  }

  private void probe() {
    callFirstListing();
    rejects.sourceIsUp();
  }

  private void callFirstListing() {
    client.call(run.plan().listings().getFirst().path());
  }
}
