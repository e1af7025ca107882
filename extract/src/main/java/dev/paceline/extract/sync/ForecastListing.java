package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription.DeletionRule;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.SimulatedClient;
import dev.paceline.extract.listing.KnownPages;
import dev.paceline.extract.listing.Pages;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.extract.sync.AccountWork.ListingStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A listing in a forecast, step by step: what [ListingRun] does if the source has not changed.
final class ForecastListing implements CurrentListing.Steps {

  private final Listing stream;
  private final SimulatedClient client;
  private final AccountState state;
  private final Run run;
  private final ListingState listing;
  private final StateUpdater updater;
  private final SupposedChildren children;
  private final Pages pages;
  private @Nullable MissingKeys missing;

  ForecastListing(
      Listing stream,
      KnownSource source,
      SimulatedClient client,
      AccountState state,
      SupposedChildren children,
      Run run) {
    this.stream = stream;
    this.client = client;
    this.state = state;
    this.children = children;
    this.run = run;
    this.listing = state.listing(stream.name());
    this.updater = new StateUpdater(run.plan(), state);
    Optional<String> position = listing.begin(run.date().at(run.clock().now()));
    PathTemplate.ofListing(stream, state); // fails where the run will fail
    this.pages =
        KnownPages.of(
            stream,
            source.records(stream),
            source.pages(stream),
            position,
            () -> client.call(stream.path()));
    this.missing = MissingKeys.ofResumed(listing).orElse(null);
  }

  @Override
  public Listing stream() {
    return stream;
  }

  /// Takes the next step: a page, or a key that is missing.
  @Override
  public ListingStep next() {
    Optional<Attempts> refusal = listing.refusal();
    if (refusal.isPresent()) {
      return refusedAgain(refusal.get());
    }
    MissingKeys toConfirm = missing;
    if (toConfirm == null) {
      return nextPage();
    }
    if (!toConfirm.isEmpty()) {
      stream.deletionRule().flatMap(DeletionRule::confirmationPath).ifPresent(client::call);
      listing.keep(toConfirm.next()); // the source still has it
      toConfirm.remove();
      return new ListingStep.More();
    }
    return complete();
  }

  @Override
  public void abandon() {
    listing.abandon();
  }

  private ListingStep refusedAgain(Attempts refusal) {
    Instant at = client.callInVain(stream.path(), refusal.status(), refusal.calls());
    listing.refused(at, refusal.status(), refusal.reason());
    return new ListingStep.Refused(refusal.reason());
  }

  private ListingStep nextPage() {
    return switch (pages.next()) {
      case Pages.Page(List<SourceRecord> records, Instant _) -> {
        records.forEach(this::found);
        listing.moveTo(pages.position().orElse(null));
        yield new ListingStep.More();
      }
      case Pages.Refused refused -> throw refused.failure();
      case Pages.End() -> {
        List<String> unseen = stream.deletionRule().isPresent() ? listing.unseen() : List.of();
        missing = MissingKeys.begin(listing, unseen);
        yield unseen.isEmpty() ? complete() : new ListingStep.More();
      }
    };
  }

  private void found(SourceRecord record) {
    boolean isNew = listing.hash(record.key()) == null;
    updater.seen(stream, record);
    if (run.plan().isIdentity(stream)) {
      state.identifiedBy(record.key());
    }
    children.request(stream, record.key(), isNew);
  }

  private ListingStep complete() {
    listing.completed(run.clock().now());
    return new ListingStep.Complete();
  }
}
