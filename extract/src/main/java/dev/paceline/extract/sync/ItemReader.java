package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.listing.ChildReader;
import dev.paceline.extract.listing.Listing;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Document;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads records that need a call of their own, and writes what has changed.
final class ItemReader {

  private final ApiClient client;
  private final Committer committer;
  private final SyncRun run;
  private final RunCounters counters;
  private final RejectHandler rejects;

  ItemReader(
      String account, ApiClient client, Committer committer, SyncRun run, RunCounters counters) {
    this.client = client;
    this.committer = committer;
    this.run = run;
    this.counters = counters;
    this.rejects =
        new RejectHandler(
            account, new RejectWriter(account, committer, counters), this::isSourceUp);
  }

  /// Reads one record; returns whether its content has changed.
  boolean read(FetchQueue.Entry entry) {
    if (!entry.needsCall()) {
      return process(entry, emptyListFor(entry), run.clock().now());
    }
    StreamDescription stream = entry.stream();
    String path = PathTemplate.fill(stream.path(), run.plan().keyMembers(stream), entry.key());
    return switch (ChildReader.read(stream, path, client)) {
      case ApiResponse.Found<Content>(Document found, Map<String, String> _, Instant at) -> {
        rejects.recordFetched();
        yield process(entry, found, at);
      }
      case ApiResponse.Found<Content>(
              Content.TooMuch tooMuch,
              Map<String, String> _,
              Instant at) -> {
        rejects.add(entry, tooMuch, at);
        yield false;
      }
      case ApiResponse.NotFound<Content>(Instant at) -> {
        rejects.recordFetched();
        yield process(entry, null, at);
      }
      case ApiResponse.Refused<Content> refused -> {
        rejects.add(entry, refused);
        yield false;
      }
    };
  }

  /// Decides about the last rejects, as no further record will be read.
  void finish() {
    rejects.flush();
  }

  /// If a list has become empty at the source, an empty list replaces it.
  private static @Nullable Document emptyListFor(FetchQueue.Entry entry) {
    boolean isList = entry.stream().childOf().orElseThrow().countedBy().isPresent();
    return isList && entry.item().hash() != null ? Document.EMPTY : null;
  }

  private boolean process(FetchQueue.Entry entry, @Nullable Document found, Instant at) {
    String stream = entry.stream().name();
    String known = entry.item().hash();
    String hash = found == null ? null : found.hash();
    boolean changed = found == null ? known != null : !found.hash().equals(known);
    if (changed && found != null) {
      committer.upsert(stream, entry.key(), at, found.raw());
      counters.upserted(stream);
    } else if (changed) {
      committer.delete(stream, entry.key(), at);
      counters.deleted(stream);
    } else if (found != null) {
      counters.unchanged(stream);
    }
    entry.item().readAs(hash, at.getEpochSecond());
    return changed;
  }

  /// Whether the source is up, by one call: the beginning of its first listing.
  private boolean isSourceUp() {
    StreamDescription first = run.plan().listings().getFirst();
    try {
      Optional<Listing.Page> _ = Listing.of(first, first.path(), Optional.empty(), client).next();
      return true;
    } catch (Failure failed) {
      if (failed.exit() == Exit.UNAVAILABLE || failed.exit() == Exit.UNUSABLE) {
        return false;
      }
      throw failed;
    }
  }
}
