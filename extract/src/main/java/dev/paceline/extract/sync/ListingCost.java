package dev.paceline.extract.sync;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription.Listing;

/// How many calls listings take.
final class ListingCost {

  private ListingCost() {}

  /// How many calls the next listings of an account take, if the source has changed little.
  static long of(Plan plan, AccountState state) {
    return plan.listings().stream()
        .mapToLong(stream -> of(stream, state.listing(stream.name()).records().size()))
        .sum();
  }

  /// How many calls a listing of this many records takes.
  static long of(Listing stream, long records) {
    return switch (stream.pagination()) {
      case Pagination.Keyset keyset ->
          2 + Math.ceilDiv(Math.max(0, records - keyset.size()), keyset.size() - 1L);
      case Pagination.Page page -> 1 + records / page.size();
      case Pagination.None _, Pagination.Cursor _, Pagination.Link _ -> 1;
    };
  }
}
