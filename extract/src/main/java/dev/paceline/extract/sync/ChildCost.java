package dev.paceline.extract.sync;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.record.SourceRecord;
import java.util.OptionalInt;

/// How many calls it takes to read the child record of a record.
final class ChildCost {

  private ChildCost() {}

  /// How many calls it takes.
  ///
  /// @param item what is known of the child
  static long of(Child child, ItemState item) {
    OptionalInt size = pageSize(child);
    return size.isPresent() ? 1 + item.counted() / size.getAsInt() : 1;
  }

  /// Whether what is known of a child determines its cost; otherwise it is a minimum.
  static boolean isKnown(Child child) {
    return child.pagination() instanceof Pagination.None
        || (pageSize(child).isPresent() && child.of().countedBy().isPresent());
  }

  /// The number of records in a child, as its parent says; 0 if they fit on one page, so that most
  /// states remember nothing.
  static long toRemember(Child child, SourceRecord parent) {
    OptionalInt size = pageSize(child);
    long counted =
        size.isEmpty()
            ? 0
            : child.of().countedBy().flatMap(parent::text).map(ChildCost::number).orElse(0L);
    return counted >= size.orElse(0) ? counted : 0;
  }

  /// The size of a page whose number of records shows whether it is the last.
  private static OptionalInt pageSize(Child child) {
    return switch (child.pagination()) {
      case Pagination.Page page -> OptionalInt.of(page.size());
      case Pagination.Cursor cursor -> pageSize(cursor);
      case Pagination.None _, Pagination.Link _, Pagination.Keyset _ -> OptionalInt.empty();
    };
  }

  private static OptionalInt pageSize(Pagination.Cursor cursor) {
    Integer size = cursor.size();
    return size != null && cursor.sizeParameter() != null && cursor.nextOfLast() != null
        ? OptionalInt.of(size)
        : OptionalInt.empty();
  }

  private static long number(String counter) {
    return counter.matches("\\d{1,9}") ? Long.parseLong(counter) : 0;
  }
}
