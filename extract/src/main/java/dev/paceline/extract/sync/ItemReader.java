package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
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
  private final Tally tally;
  private final Rejects rejects;

  ItemReader(String account, ApiClient client, Committer committer, SyncRun run, Tally tally) {
    this.client = client;
    this.committer = committer;
    this.run = run;
    this.tally = tally;
    this.rejects = new Rejects(account, committer, tally, this::sourceAnswers);
  }

  /// Reads one; answers whether its content had changed.
  boolean read(Queue.Entry entry) {
    if (!entry.takesACall()) {
      return take(entry, nothingOf(entry), run.clock().now());
    }
    StreamDescription stream = entry.stream();
    String path = Paths.filled(stream.path(), run.plan().keyMembers(stream), entry.key());
    return switch (ChildReader.read(stream, path, client)) {
      case Answer.Found<Document>(Document found, Map<String, String> _, Instant at) -> {
        rejects.otherWasHad();
        yield take(entry, found, at);
      }
      case Answer.MissingObject<Document>(Instant at) -> {
        rejects.otherWasHad();
        yield take(entry, null, at);
      }
      case Answer.Refused<Document> refused -> {
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
  private static @Nullable Document nothingOf(Queue.Entry entry) {
    boolean isList = entry.stream().forEach().orElseThrow().countedBy().isPresent();
    return isList && entry.item().hash() != null ? Document.EMPTY : null;
  }

  private boolean take(Queue.Entry entry, @Nullable Document found, Instant at) {
    String stream = entry.stream().name();
    String known = entry.item().hash();
    String hash = found == null ? null : found.hash();
    boolean changed = found == null ? known != null : !found.hash().equals(known);
    if (changed && found != null) {
      committer.upsert(stream, entry.key(), at, found.raw());
      tally.upserted(stream);
    } else if (changed) {
      committer.delete(stream, entry.key(), at);
      tally.deleted(stream);
    } else if (found != null) {
      tally.unchanged(stream);
    }
    entry.item().readAs(hash, at.getEpochSecond());
    return changed;
  }

  /// One call that a source which is up answers: the beginning of its first listing.
  private boolean sourceAnswers() {
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
