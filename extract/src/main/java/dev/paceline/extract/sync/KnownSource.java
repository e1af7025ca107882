package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription.DeletionRule;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.listing.KnownPages.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a source lists for an account, as far as its state tells; the rest is supposed.
final class KnownSource {

  /// Between two records that are supposed, in seconds.
  private static final long INTERVAL = 60;

  private static final String SUPPOSED = "supposed";

  private final Map<String, List<Known>> listings = new HashMap<>();
  private final Map<String, Long> pages = new HashMap<>();

  /// The source of a state.
  ///
  /// @param now supposed records are older than this
  /// @param records how many records the main listing is supposed to have; empty if it is known
  KnownSource(Plan plan, AccountState state, Instant now, Optional<Integer> records) {
    for (Listing stream : plan.listings()) {
      ListingState listing = state.listing(stream.name());
      List<Known> known = known(stream, listing);
      if (stream.isOneRecord() && known.isEmpty()) {
        known.add(supposed(0, 0));
      }
      if (mainListing(plan).filter(stream::equals).isPresent()) {
        records.ifPresent(count -> suppose(count, now, known));
      }
      listings.put(stream.name(), List.copyOf(known));
      pages.put(stream.name(), listing.pages());
    }
  }

  /// The listing whose records are most of the work: the first with several records for which
  /// others are read; empty if the plan has none.
  static Optional<Listing> mainListing(Plan plan) {
    return plan.listings().stream()
        .filter(stream -> !stream.isOneRecord() && Plan.ofAll(plan.api()).hasChildren(stream))
        .findFirst();
  }

  private static List<Known> known(Listing stream, ListingState listing) {
    boolean keepsUnlisted =
        stream.deletionRule().flatMap(DeletionRule::confirmationPath).isPresent();
    List<Known> known = new ArrayList<>();
    listing
        .records()
        .forEach((key, record) -> {
          if (!keepsUnlisted || !listing.isUnlisted(record)) {
            known.add(new Known(key, record.hash(), record.time()));
          }
        });
    return known;
  }

  /// Adds records until there are so many, each older than all before it.
  private static void suppose(int count, Instant now, List<Known> known) {
    long newest =
        known.stream()
            .mapToLong(Known::time)
            .filter(time -> time > 0)
            .min()
            .orElse(now.getEpochSecond());
    for (int i = known.size(); i < count; i++) {
      known.add(supposed(i, newest - INTERVAL * (i + 1L)));
    }
  }

  private static Known supposed(int number, long time) {
    return new Known("[\"%s-%d\"]".formatted(SUPPOSED, number), SUPPOSED, time);
  }

  /// What a listing has.
  List<Known> records(Listing stream) {
    return listings.getOrDefault(stream.name(), List.of());
  }

  /// How many pages a listing had the last time; 0 if unknown.
  long pages(Listing stream) {
    return pages.getOrDefault(stream.name(), 0L);
  }
}
