package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.DeletionRule;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.listing.Pages;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Misfit;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.extract.sync.AccountWork.ListingStep;
import dev.paceline.lake.log.Reject;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists a complete stream of an account, step by step: writes new and changed records, and
/// tombstones for deleted ones.
final class ListingRun implements CurrentListing.Steps {

  private static final Logger LOG = LoggerFactory.getLogger(ListingRun.class);

  private final Listing stream;
  private final ApiClient client;
  private final AccountLog log;
  private final Run run;
  private final ListingState listing;
  private final StateUpdater updater;
  private final ListingGuard guard;
  private final Pages pages;
  private @Nullable MissingKeys missing;
  private long pagesRead;

  /// Begins the listing. On the same day as one that the budget or a stop signal ended, it resumes
  /// there.
  ListingRun(
      String account,
      Listing stream,
      ApiClient client,
      AccountLog log,
      AccountState state,
      Run run) {
    this.stream = stream;
    this.client = client;
    this.log = log;
    this.run = run;
    this.listing = state.listing(stream.name());
    this.updater = new StateUpdater(run.plan(), state);
    this.guard = new ListingGuard(account, stream, client, state, run);
    Optional<String> position = listing.begin(run.date().at(run.clock().now()));
    this.pages = Pages.of(stream, PathTemplate.ofListing(stream, state), position, client);
    this.missing = MissingKeys.ofResumed(listing).orElse(null);
  }

  @Override
  public Listing stream() {
    return stream;
  }

  /// Takes the next step: a page, or a key that is missing.
  @Override
  public ListingStep next() {
    MissingKeys toConfirm = missing;
    if (toConfirm == null) {
      return nextPage();
    }
    if (!toConfirm.isEmpty()) {
      confirmDeletion(stream.deletionRule().orElseThrow(), toConfirm.next());
      toConfirm.remove();
      return new ListingStep.More();
    }
    return complete();
  }

  @Override
  public void abandon() {
    listing.abandon();
  }

  private ListingStep nextPage() {
    if (!run.plan().isDispensable(stream)) {
      client.doubtToken(); // without this listing nothing is left: a 401 is worth a new token
    }
    return switch (pages.next()) {
      case Pages.Page(List<SourceRecord> records, Instant at) -> page(records, at);
      case Pages.Refused refused -> refused(refused);
      case Pages.End() -> {
        List<String> unseen = stream.deletionRule().isPresent() ? listing.unseen() : List.of();
        guard.ensurePlausible(unseen.size());
        missing = MissingKeys.begin(listing, unseen);
        yield unseen.isEmpty() ? complete() : new ListingStep.More();
      }
    };
  }

  private ListingStep page(List<SourceRecord> records, Instant at) {
    Optional<Failure> foreign = guard.foreign(records);
    if (foreign.isPresent()) {
      return new ListingStep.Foreign(foreign.get());
    }
    pagesRead++;
    records.forEach(found -> process(found, at));
    listing.moveTo(pages.position().orElse(null));
    return new ListingStep.More();
  }

  private void process(SourceRecord found, Instant at) {
    String name = stream.name();
    Misfit misfit = found.misfit();
    boolean known =
        found.hash().equals(listing.hash(found.key()))
            || (misfit != null && listing.hasReplayedMisfit(found.key(), misfit.reason()));
    if (known) {
      log.unchanged(name);
    } else if (misfit == null) {
      log.upsert(name, found.key(), at, found.raw());
    } else {
      byte[] beginning = found.json().beginning(Content.BEGINNING_BYTES);
      log.reject(name, found.key(), at, misfit.reason(), beginning);
    }
    if (misfit == null) {
      updater.listed(stream, found);
    } else if (misfit.hasKey()) {
      updater.misfit(stream, found, misfit, at); // it exists: no tombstone, and no second reject
    }
  }

  private ListingStep refused(Pages.Refused refused) {
    if (!refused.isDefinite() || !run.plan().isDispensable(stream)) {
      throw refused.failure();
    }
    if (listing.refusal().isEmpty()) {
      Reject reject = new Reject(refused.status(), refused.reason(), refused.body());
      log.reject(stream.name(), "[]", refused.at(), reject);
    }
    listing.refused(refused.at(), refused.status(), refused.reason());
    return new ListingStep.Refused(refused.failure().what());
  }

  private ListingStep complete() {
    updater.completed(stream);
    listing.completed(run.clock().now());
    listing.had(pagesRead);
    client.scopes().ifPresent(listing::listedWith);
    log.completed(stream.name());
    return new ListingStep.Complete();
  }

  /// Writes a tombstone for a missing key, after the source has confirmed the deletion where it can
  /// be asked.
  private void confirmDeletion(DeletionRule rule, String key) {
    Optional<Instant> when =
        rule.confirmationPath().isEmpty()
            ? Optional.of(run.clock().now())
            : confirmDeletion(rule.confirmationPath().get(), key);
    if (when.isPresent()) {
      log.delete(stream.name(), key, when.get());
      updater.deleted(stream, key);
    } else {
      listing.keep(key);
    }
  }

  private Optional<Instant> confirmDeletion(String where, String key) {
    Call call = Call.of(where, PathTemplate.fill(where, stream.key(), key), Map.of());
    return switch (client.get(call, InputStream::readAllBytes)) {
      case ApiResponse.NotFound<byte[]>(Instant at) -> Optional.of(at);
      case ApiResponse.Found<byte[]> _ -> kept(key, "exists");
      case ApiResponse.Refused<byte[]> refused -> kept(key, refused.reason());
      case ApiResponse.Denied<byte[]> denied -> kept(key, denied.reason());
    };
  }

  private Optional<Instant> kept(String key, String why) {
    LOG.info("{} {} is not listed, and is kept: {}.", stream.name(), key, why);
    return Optional.empty();
  }
}
