package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Gone;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.listing.Listing;
import dev.paceline.extract.record.Records;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a stream of an account: lists it, writes what is new or has changed, and a tombstone for
/// what has gone.
final class StreamSync {

  /// A listing that lacks more than this many *and* more than this share of what is known is not
  /// believed.
  static final int SHRINK_RECORDS = 20;

  static final double SHRINK_SHARE = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(StreamSync.class);

  private final String account;
  private final ApiClient client;
  private final Committer committer;
  private final AccountState state;
  private final SyncRun run;
  private final Tally tally;

  StreamSync(
      String account,
      ApiClient client,
      Committer committer,
      AccountState state,
      SyncRun run,
      Tally tally) {
    this.account = account;
    this.client = client;
    this.committer = committer;
    this.state = state;
    this.run = run;
    this.tally = tally;
  }

  void run(StreamDescription stream) {
    run.ensureGoesOn(account);
    Set<String> missing = state.keys(stream.name());
    int known = missing.size();
    Listing listing = Listing.of(stream, stream.path(), Optional.empty(), client);
    Optional<Listing.Page> page = listing.next();
    while (page.isPresent()) {
      for (SourceRecord found : page.get().records()) {
        missing.remove(found.key());
        take(stream, found, page.get().at());
      }
      committer.commitIfDue();
      run.ensureGoesOn(account);
      page = listing.next();
    }
    if (stream.whenGone().isPresent()) {
      ensurePlausible(stream, missing.size(), known);
      bury(stream, stream.whenGone().get(), missing);
    }
    tally.completed(stream.name());
  }

  private void take(StreamDescription stream, SourceRecord found, Instant at) {
    String hash = found.hash();
    if (hash.equals(committer.hash(stream.name(), found.key()))) {
      count(stream, 0, 0, 1);
    } else {
      committer.upsert(stream.name(), found.key(), hash, at, found.raw());
      count(stream, 1, 0, 0);
    }
  }

  private void ensurePlausible(StreamDescription stream, int missing, int known) {
    if (missing > SHRINK_RECORDS && missing > known * SHRINK_SHARE && !run.acceptShrink()) {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream %s of the account %s".formatted(stream.name(), account),
          "%d of %d known records are gone at once".formatted(missing, known),
          "if that is so, run once with --accept-shrink; else check the account's scopes");
    }
  }

  /// Writes a tombstone for each key that the source confirms to be gone.
  private void bury(StreamDescription stream, Gone gone, Set<String> missing) {
    for (String key : missing) {
      String where = gone.confirmedAt().orElseThrow();
      Call call = Call.of(where, path(where, stream.key(), key), Map.of());
      switch (client.get(call, body -> body)) {
        case Answer.Absent<byte[]>(Instant now) -> {
          committer.delete(stream.name(), key, now);
          count(stream, 0, 1, 0);
          committer.commitIfDue();
        }
        case Answer.Found<byte[]> _, Answer.Refused<byte[]> _ ->
            LOG.info(
                "{}: {} {} is in no listing, but lives: it stays.", account, stream.name(), key);
      }
      run.ensureGoesOn(account);
    }
  }

  private static String path(String where, List<String> members, String key) {
    try {
      String path = where;
      for (int i = 0; i < members.size(); i++) {
        String value = Records.parse(key).path(i).asText();
        path =
            path.replace(
                "{" + members.get(i) + "}", URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
      return path;
    } catch (IOException impossible) {
      throw new IllegalStateException("The key %s is no JSON.".formatted(key), impossible);
    }
  }

  private void count(StreamDescription stream, long upserts, long deletes, long unchanged) {
    StreamReport report = tally.count(stream.name(), upserts, deletes, unchanged);
    run.progress()
        .show(() ->
            "%s: %s: %,d read, %,d new or changed, %,d gone; %,d calls"
                .formatted(
                    account,
                    stream.name(),
                    report.upserts() + report.unchanged(),
                    report.upserts(),
                    report.deletes(),
                    client.totalCalls()));
  }
}
