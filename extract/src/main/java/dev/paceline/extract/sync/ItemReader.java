package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.listing.ChildReader;
import dev.paceline.extract.listing.Listing;
import dev.paceline.extract.record.Document;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads records that have a call of their own, and writes what has changed.
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
    this.rejects = new RejectHandler(account, committer, counters, this::isSourceUp);
  }

  /// Reads one; answers whether its content had changed.
  boolean read(FetchQueue.Entry entry) {
    if (!entry.needsCall()) {
      return process(entry, emptyListFor(entry), run.clock().now());
    }
    StreamDescription stream = entry.stream();
    String path = PathTemplate.fill(stream.path(), run.plan().keyMembers(stream), entry.key());
    return switch (ChildReader.read(stream, path, client)) {
      case ApiResponse.Found<Document>(Document found, Map<String, String> _, Instant at) -> {
        rejects.recordFetched();
        yield process(entry, found, at);
      }
      case ApiResponse.NotFound<Document>(Instant at) -> {
        rejects.recordFetched();
        yield process(entry, null, at);
      }
      case ApiResponse.Refused<Document> refused -> {
        rejects.add(entry, refused);
        yield false;
      }
    };
  }

  /// No further record comes that could tell whose fault the last rejects are.
  void finish() {
    rejects.settle();
  }

  /// Where the source has nothing more of a list, an empty one takes its place.
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

  /// One call that a source which is up answers: the beginning of its first listing.
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
