package dev.paceline.extract.sync;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.SimulatedClient;
import dev.paceline.lake.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account in a forecast: a copy of its state, which the runs of the forecast change one after
/// the other, and what its source is known to have.
public final class ForecastAccount {

  private final String name;
  private final Plan plan;
  private final AccountState state;
  private final SupposedChildren children;
  private final KnownSource source;
  private final Optional<Integer> supposedRecords;
  private final Set<String> unknownStreams;
  private final Set<String> minimums;
  private @Nullable Instant neededAt;

  private ForecastAccount(
      String name, Plan plan, AccountState state, Instant now, Optional<Integer> records) {
    this.name = name;
    this.plan = plan;
    this.state = state;
    this.supposedRecords = isListed(plan, state) ? Optional.empty() : records;
    this.source = new KnownSource(plan, state, now, supposedRecords);
    this.children = new SupposedChildren(plan, state);
    this.unknownStreams = children.unknownStreams();
    this.minimums = minimums();
  }

  /// Reads an account's state from the lake, without its lock and without writing anything.
  ///
  /// @param store the lake; empty if there is none yet
  /// @param now the beginning of the forecast
  /// @param records how many records the main listing of an account has that was never listed
  public static ForecastAccount read(
      Optional<ObjectStore> store, Plan plan, String name, Instant now, Optional<Integer> records) {
    ApiDescription api = plan.api();
    AccountState state =
        store
            .map(lake -> new StateStore(lake, api, name).open())
            .orElseGet(() -> AccountState.empty(api.version()));
    return new ForecastAccount(name, plan, state, now, records);
  }

  private static boolean isListed(Plan plan, AccountState state) {
    return KnownSource.mainListing(plan)
        .map(stream -> state.listing(stream.name()).isKnown())
        .orElse(true);
  }

  public String name() {
    return name;
  }

  /// Whether it is known, or supposed, how many records there are.
  public boolean isSized() {
    return isListed(plan, state) || supposedRecords.isPresent();
  }

  /// The work of one run.
  public AccountWork work(SimulatedClient client, Run run) {
    return new ForecastWork(this, client, run);
  }

  /// When the last listing ended and the last record was read that was due; empty before.
  public Optional<Instant> lastNeededAt() {
    return Optional.ofNullable(neededAt);
  }

  void neededAt(Instant moment) {
    neededAt = moment;
  }

  AccountState state() {
    return state;
  }

  KnownSource source() {
    return source;
  }

  SupposedChildren supposedChildren() {
    return children;
  }

  /// As at the last run; before the first as `extract authorize` leaves it, which binds a token to
  /// the account's owner.
  boolean isIdentityKnown() {
    return state
        .vouched()
        .orElse(plan.api().authentication() instanceof Authentication.Oauth2RefreshToken);
  }

  /// What the forecast supposes because nobody has asked the source yet, in sentences.
  public List<String> suppositions() {
    List<String> all = new ArrayList<>();
    supposedRecords.ifPresent(count ->
        all.add(
            "%s has %,d %s, and each record has one of every stream that is read for it; records that it names by id are not counted"
                .formatted(
                    name,
                    count,
                    KnownSource.mainListing(plan).map(Listing::name).orElse("records"))));
    if (supposedRecords.isEmpty() && !unknownStreams.isEmpty()) {
      all.add(
          "%s: %s was never read; one is assumed for each record"
              .formatted(name, String.join(", ", unknownStreams)));
    }
    List<String> denied =
        plan.children().stream().map(Child::name).filter(state::isDenied).toList();
    if (!denied.isEmpty()) {
      all.add(
          "%s: the token lacked a scope for the records of %s that were tried; it is assumed to lack it for all"
              .formatted(name, String.join(", ", denied)));
    }
    if (!minimums.isEmpty()) {
      all.add(
          "%s: one page is counted for each list of %s, which may take more calls"
              .formatted(name, String.join(", ", minimums)));
    }
    return all;
  }

  /// The streams with several pages, of which nobody knows how many.
  private Set<String> minimums() {
    Set<String> names = new LinkedHashSet<>();
    for (StreamDescription stream : plan.streams()) {
      boolean isCertain =
          switch (stream) {
            case Listing listing -> isCertain(listing);
            case Child child -> isCertain(child);
          };
      if (!isCertain && !(stream.pagination() instanceof Pagination.None)) {
        names.add(stream.name());
      }
    }
    return names;
  }

  private boolean isCertain(Listing stream) {
    return switch (stream.pagination()) {
      case Pagination.None _ -> true;
      case Pagination.Keyset _, Pagination.Page _ ->
          state.listing(stream.name()).isKnown() || !source.records(stream).isEmpty();
      case Pagination.Cursor _, Pagination.Link _ -> source.pages(stream) > 0;
    };
  }

  private boolean isCertain(Child stream) {
    return ChildCost.isKnown(stream)
        && supposedRecords.isEmpty()
        && !unknownStreams.contains(stream.name());
  }
}
