package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Gone;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.listing.Listing;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists a stream of an account whole: writes what is new or has changed, and a tombstone for what
/// has gone.
final class ListingSync {

  /// A listing that lacks more than this many *and* more than this share of what is known is not
  /// believed.
  static final int SHRINK_RECORDS = 20;

  static final double SHRINK_SHARE = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(ListingSync.class);

  private final String account;
  private final ApiClient client;
  private final Committer committer;
  private final AccountState state;
  private final Bookkeeping books;
  private final SyncRun run;
  private final Tally tally;
  private final Runnable betweenCalls;

  /// @param betweenCalls commits in good time, and throws where the run should not go on
  ListingSync(
      String account,
      ApiClient client,
      Committer committer,
      AccountState state,
      SyncRun run,
      Tally tally,
      Runnable betweenCalls) {
    this.account = account;
    this.client = client;
    this.committer = committer;
    this.state = state;
    this.books = new Bookkeeping(run.plan(), state);
    this.run = run;
    this.tally = tally;
    this.betweenCalls = betweenCalls;
  }

  /// Lists to the end, or throws. Called again on the same day, it goes on where a budget or a stop
  /// cut it short; after any other failure it begins anew, for the source may have changed since.
  void run(StreamDescription stream) {
    ListingState listing = state.listing(stream.name());
    try {
      list(stream, listing);
    } catch (Failure failed) {
      if (failed.exit() != Exit.TRY_AGAIN) {
        listing.reached(null);
      }
      throw failed;
    }
  }

  private void list(StreamDescription stream, ListingState listing) {
    Optional<String> position = listing.begin(run.date().at(run.clock().now()));
    Listing pages = Listing.of(stream, Paths.ofListing(stream, state), position, client);
    Optional<Listing.Page> page = pages.next();
    while (page.isPresent()) {
      for (SourceRecord found : page.get().records()) {
        take(stream, listing, found, page.get().at());
      }
      listing.reached(pages.position().orElse(null));
      betweenCalls.run();
      page = pages.next();
    }
    listing.reached(null);
    List<String> missing = listing.unseen();
    if (stream.whenGone().isPresent() && !missing.isEmpty()) {
      ensurePlausible(stream, missing.size(), listing);
      bury(stream, stream.whenGone().get(), missing);
    }
    listing.completed(run.clock().now());
    client.scopes().ifPresent(listing::listedWith);
    tally.completed(stream.name());
  }

  private void take(
      StreamDescription stream, ListingState listing, SourceRecord found, Instant at) {
    String hash = found.hash();
    if (hash.equals(listing.hash(found.key()))) {
      tally.unchanged(stream.name());
    } else {
      committer.upsert(stream.name(), found.key(), at, found.raw());
      tally.upserted(stream.name());
    }
    books.listed(stream, found.key(), found.json(), hash);
  }

  private void ensurePlausible(StreamDescription stream, int missing, ListingState listing) {
    if (run.choices().acceptShrink()) {
      return;
    }
    String doing = "Listing the stream %s of the account %s".formatted(stream.name(), account);
    Set<String> lost = new TreeSet<>(listing.scopes());
    client.scopes().ifPresentOrElse(lost::removeAll, lost::clear);
    if (!lost.isEmpty()) {
      throw new Failure(
          Exit.UNUSABLE,
          doing,
          "%d known records are not in it, and the token is no longer granted %s"
              .formatted(missing, String.join(", ", lost)),
          "authorize the account again with these scopes; if the records are gone all the same, "
              + "run once with --accept-shrink");
    }
    if (missing > SHRINK_RECORDS && missing > listing.known() * SHRINK_SHARE) {
      throw new Failure(
          Exit.UNUSABLE,
          doing,
          "%d of %d known records are gone at once".formatted(missing, listing.known()),
          "if that is so, run once with --accept-shrink; else check the account's scopes");
    }
  }

  /// Writes a tombstone for each key that has gone, by the source's own word where it can be asked.
  private void bury(StreamDescription stream, Gone gone, List<String> missing) {
    for (String key : missing) {
      Optional<Instant> when =
          gone.confirmedAt().isEmpty()
              ? Optional.of(run.clock().now())
              : goneSince(stream, gone.confirmedAt().get(), key);
      if (when.isPresent()) {
        committer.delete(stream.name(), key, when.get());
        books.gone(stream, key);
        tally.deleted(stream.name());
      }
      betweenCalls.run();
    }
  }

  private Optional<Instant> goneSince(StreamDescription stream, String where, String key) {
    Call call = Call.of(where, Paths.filled(where, stream.key(), key), Map.of());
    return switch (client.get(call, body -> body)) {
      case Answer.MissingObject<byte[]>(Instant at) -> Optional.of(at);
      case Answer.Found<byte[]> _ -> {
        LOG.info("{}: {} {} is in no listing, but lives: it stays.", account, stream.name(), key);
        yield Optional.empty();
      }
      case Answer.Refused<byte[]> refused -> {
        LOG.info(
            "{}: {} {} is in no listing, and nobody knows why ({}): it stays.",
            account,
            stream.name(),
            key,
            refused.reason());
        yield Optional.empty();
      }
    };
  }
}
