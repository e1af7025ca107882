package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.listing.ChildReader;
import dev.paceline.extract.listing.Pages;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Document;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.sync.AccountWork.ItemStep;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads records that need a call of their own, and writes what has changed.
final class ItemReader {

  private final ApiClient client;
  private final AccountLog log;
  private final AccountState state;
  private final Run run;
  private final StateUpdater updater;
  private final PendingRejects rejects;

  ItemReader(String account, ApiClient client, AccountLog log, AccountState state, Run run) {
    this.client = client;
    this.log = log;
    this.state = state;
    this.run = run;
    this.updater = new StateUpdater(run.plan(), state);
    this.rejects = new PendingRejects(account, log, state::hasRead);
  }

  ItemStep read(FetchQueue.Entry entry) {
    if (!entry.needsCall()) {
      return ItemStep.of(process(entry, emptyListFor(entry), run.clock().now()));
    }
    Child stream = entry.stream();
    String path = PathTemplate.ofChild(stream, run.plan().keyMembers(stream), entry.key(), state);
    long before = calls(stream);
    ApiResponse<Content> response;
    try {
      response = ChildReader.read(stream, path, client);
    } catch (Failure failed) {
      return failedCall(entry, failed, calls(stream) - before);
    }
    long calls = calls(stream) - before;
    return switch (response) {
      case ApiResponse.Found<Content>(Document found, Map<String, String> _, Instant at) -> {
        fetched(stream);
        yield ItemStep.of(process(entry, found, at));
      }
      case ApiResponse.Found<Content>(
              Content.TooMuch tooMuch,
              Map<String, String> _,
              Instant at) -> {
        rejects.add(entry, tooMuch, at, calls);
        state.allow(stream.name());
        yield ItemStep.of(false);
      }
      case ApiResponse.NotFound<Content>(Instant at) -> {
        fetched(stream);
        yield ItemStep.of(process(entry, null, at));
      }
      case ApiResponse.Refused<Content> refused -> {
        rejects.add(entry, refused, calls);
        yield decide();
      }
      case ApiResponse.Denied<Content> denied -> {
        rejects.add(entry, denied, calls);
        yield decide();
      }
    };
  }

  private long calls(Child stream) {
    return client.calls().getOrDefault(stream.path(), 0L);
  }

  private void fetched(Child stream) {
    rejects.fetched(stream.name());
    state.allow(stream.name());
  }

  /// A call without a usable response: another call shows at once whether the source is at fault.
  private ItemStep failedCall(FetchQueue.Entry entry, Failure failed, long calls) {
    boolean concernsTheCall =
        switch (failed.exit()) {
          case UNAVAILABLE, UNUSABLE, CONFIGURATION -> true;
          default -> false; // the budget is spent, or the account refused
        };
    if (!concernsTheCall || client.isTokenLost() || !isSourceUp()) {
      throw failed;
    }
    rejects.add(entry, failed, run.clock().now(), calls);
    rejects.sourceIsUp();
    return decide();
  }

  private ItemStep decide() {
    List<FetchQueue.Entry> again = rejects.needsProbe() ? probe() : List.of();
    Map<String, String> withoutScope = rejects.withoutScope(false);
    state.deny(withoutScope.keySet());
    Map<String, String> denied = new HashMap<>(withoutScope);
    denied.putAll(rejects.tooMany());
    return new ItemStep(false, denied, again);
  }

  /// Notes that no further record will be read; returns whether it takes a call to decide about the
  /// last rejects.
  boolean endReading() {
    return rejects.end();
  }

  /// Decides about the last rejects, as no further record will be read.
  ItemStep finish() {
    Map<String, String> denied = rejects.withoutScope(true);
    state.deny(denied.keySet());
    return new ItemStep(false, denied, rejects.isUndecided() ? probe() : List.of());
  }

  /// If a list has become empty at the source, an empty list replaces it.
  private static @Nullable Document emptyListFor(FetchQueue.Entry entry) {
    boolean isList = entry.stream().of().countedBy().isPresent();
    return isList && entry.item().hash() != null ? Document.EMPTY : null;
  }

  private boolean process(FetchQueue.Entry entry, @Nullable Document found, Instant at) {
    Child stream = entry.stream();
    String name = stream.name();
    String known = entry.item().hash();
    if (found == null) {
      if (known != null) {
        log.delete(name, entry.key(), at);
      }
      updater.absent(stream, entry.key(), at);
      return known != null;
    }
    boolean changed = !found.hash().equals(known);
    if (changed) {
      log.upsert(name, entry.key(), at, found.raw());
    } else {
      log.unchanged(name);
    }
    updater.read(stream, entry.key(), found.hash(), JsonSlice.of(found.raw()), at);
    return changed;
  }

  /// Shows by one call, the beginning of the first listing, whether the records that could not be
  /// read are at fault. Returns those to be read again with a renewed token.
  private List<FetchQueue.Entry> probe() {
    long renewals = client.renewals();
    client.doubtToken();
    if (!isSourceUp()) {
      throw rejects.sourceIsDown();
    }
    if (client.renewals() > renewals) {
      return rejects.tokenWasRenewed();
    }
    rejects.sourceIsUp();
    return List.of();
  }

  private boolean isSourceUp() {
    Listing first = run.plan().listings().getFirst();
    try {
      return switch (Pages.of(first, first.path(), Optional.empty(), client).next()) {
        case Pages.Page _, Pages.End _ -> true;
        case Pages.Refused refused -> isUpDespite(refused.failure());
      };
    } catch (Failure failed) {
      return isUpDespite(failed);
    }
  }

  /// Throws what does not say whether the source is up: the budget is spent, the account refused,
  /// or its token lost.
  private boolean isUpDespite(Failure failed) {
    boolean isDown = failed.exit() == Exit.UNAVAILABLE || failed.exit() == Exit.UNUSABLE;
    if (!isDown || client.isTokenLost()) {
      throw failed;
    }
    return false;
  }
}
