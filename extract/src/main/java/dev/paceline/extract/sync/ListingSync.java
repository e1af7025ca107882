package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.DeletionRule;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.listing.Listing;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Misfit;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists a complete stream of an account: writes new and changed records, and tombstones for
/// deleted ones.
final class ListingSync {

  /// A listing that lacks more than this many *and* more than this share of the known records is
  /// not accepted.
  static final int SHRINK_RECORDS = 20;

  static final double SHRINK_SHARE = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(ListingSync.class);

  private final String account;
  private final ApiClient client;
  private final Committer committer;
  private final AccountState state;
  private final StateUpdater updater;
  private final RejectWriter rejects;
  private final SyncRun run;
  private final RunCounters counters;
  private final Runnable betweenCalls;

  /// @param betweenCalls commits if it is time to, and throws if the run should not continue
  ListingSync(
      String account,
      ApiClient client,
      Committer committer,
      AccountState state,
      SyncRun run,
      RunCounters counters,
      Runnable betweenCalls) {
    this.account = account;
    this.client = client;
    this.committer = committer;
    this.state = state;
    this.updater = new StateUpdater(run.plan(), state);
    this.rejects = new RejectWriter(account, committer, counters);
    this.run = run;
    this.counters = counters;
    this.betweenCalls = betweenCalls;
  }

  /// Lists to the end, or throws. Called again on the same day, it resumes where the budget or a
  /// stop signal ended it; after any other failure it starts over, because the source may have
  /// changed.
  void run(StreamDescription stream) {
    ListingState listing = state.listing(stream.name());
    try {
      list(stream, listing);
    } catch (Failure failed) {
      if (failed.exit() != Exit.TRY_AGAIN) {
        listing.moveTo(null);
      }
      throw failed;
    }
  }

  private void list(StreamDescription stream, ListingState listing) {
    Optional<String> position = listing.begin(run.date().at(run.clock().now()));
    Listing pages = Listing.of(stream, PathTemplate.forListing(stream, state), position, client);
    while (processNext(pages, stream, listing)) {
      listing.moveTo(pages.position().orElse(null));
      betweenCalls.run();
    }
    listing.moveTo(null);
    List<String> missing = listing.unseen();
    if (stream.deletionRule().isPresent() && !missing.isEmpty()) {
      ensurePlausible(stream, missing.size(), listing);
      writeTombstones(stream, stream.deletionRule().get(), missing);
    }
    listing.completed(run.clock().now());
    client.scopes().ifPresent(listing::listedWith);
    counters.completed(stream.name());
  }

  /// Reads and processes a page, which is not in memory while the next is read. Returns false if
  /// there is none.
  private boolean processNext(Listing pages, StreamDescription stream, ListingState listing) {
    Optional<Listing.Page> page = pages.next();
    page.ifPresent(
        read -> read.records().forEach(found -> process(stream, listing, found, read.at())));
    return page.isPresent();
  }

  private void process(
      StreamDescription stream, ListingState listing, SourceRecord found, Instant at) {
    Misfit misfit = found.misfit();
    boolean known = found.hash().equals(listing.hash(found.key()));
    if (known) {
      counters.unchanged(stream.name());
    } else if (misfit == null) {
      committer.upsert(stream.name(), found.key(), at, found.raw());
      counters.upserted(stream.name());
    } else {
      rejects.write(
          stream.name(),
          found.key(),
          at,
          misfit.reason(),
          found.json().beginning(Content.BEGINNING_BYTES));
    }
    if (misfit == null) {
      updater.listed(stream, found);
    } else if (misfit.hasKey()) {
      updater.seen(stream, found); // it exists: no tombstone, and no second reject
    }
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
          "authorize the account again with these scopes; if the records were really deleted, "
              + "run once with --accept-shrink");
    }
    if (missing > SHRINK_RECORDS && missing > listing.knownAtStart() * SHRINK_SHARE) {
      throw new Failure(
          Exit.UNUSABLE,
          doing,
          "%d of %d known records are missing".formatted(missing, listing.knownAtStart()),
          "if they were really deleted, run once with --accept-shrink; otherwise check the account's"
              + " scopes");
    }
  }

  /// Writes a tombstone for each missing key, after the source has confirmed the deletion where it
  /// can be asked.
  private void writeTombstones(StreamDescription stream, DeletionRule rule, List<String> missing) {
    for (String key : missing) {
      Optional<Instant> when =
          rule.confirmationPath().isEmpty()
              ? Optional.of(run.clock().now())
              : confirmDeletion(stream, rule.confirmationPath().get(), key);
      if (when.isPresent()) {
        committer.delete(stream.name(), key, when.get());
        updater.deleted(stream, key);
        counters.deleted(stream.name());
      }
      betweenCalls.run();
    }
  }

  private Optional<Instant> confirmDeletion(StreamDescription stream, String where, String key) {
    Call call = Call.of(where, PathTemplate.fill(where, stream.key(), key), Map.of());
    return switch (client.get(call, body -> body.readAllBytes())) {
      case ApiResponse.NotFound<byte[]>(Instant at) -> Optional.of(at);
      case ApiResponse.Found<byte[]> _ -> {
        LOG.info("{}: {} {} is not listed but exists: it is kept.", account, stream.name(), key);
        yield Optional.empty();
      }
      case ApiResponse.Refused<byte[]> refused -> {
        LOG.info(
            "{}: {} {} is not listed for an unknown reason ({}): it is kept.",
            account,
            stream.name(),
            key,
            refused.reason());
        yield Optional.empty();
      }
    };
  }
}
