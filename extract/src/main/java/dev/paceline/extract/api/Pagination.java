package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// How the records of a stream are divided into responses.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Pagination.None.class, name = "none"),
  @JsonSubTypes.Type(value = Pagination.Page.class, name = "page"),
  @JsonSubTypes.Type(value = Pagination.Cursor.class, name = "cursor"),
  @JsonSubTypes.Type(value = Pagination.Link.class, name = "link"),
  @JsonSubTypes.Type(value = Pagination.Keyset.class, name = "keyset")
})
public sealed interface Pagination {

  /// One response contains all records: an object is one record, an array several.
  record None() implements Pagination {}

  /// Pages numbered from 1; the first that is not full is the last.
  record Page(String pageParameter, String sizeParameter, int size) implements Pagination {
    public Page {
      require(pageParameter, "page_parameter");
      require(sizeParameter, "size_parameter");
      ensureSize(size, 1);
    }
  }

  /// Each response contains a cursor for the next page; the last has no cursor, or no records.
  ///
  /// @param parameter the query parameter for the cursor
  /// @param next where a response has its cursor, as a JSON pointer
  /// @param nextOfLast the member of a response's last record that is the cursor, if `next` is
  ///   absent; then a response with fewer than `size` records is the last
  /// @param sizeParameter the query parameter for `size`; absent if the source decides
  record Cursor(
      String parameter,
      @Nullable String next,
      @Nullable String nextOfLast,
      @Nullable String sizeParameter,
      @Nullable Integer size)
      implements Pagination {
    public Cursor {
      require(parameter, "parameter");
      if ((next == null) == (nextOfLast == null)) {
        throw new IllegalArgumentException("give either next or next_of_last");
      }
      if (sizeParameter != null) {
        ensureSize(require(size, "size"), 1);
      }
    }
  }

  /// Each response's `Link` header with `rel="next"` (RFC 8288) leads to the next page; the last
  /// has none.
  record Link() implements Pagination {}

  /// Newest first; each page begins at the oldest time of the page before, with a second of
  /// overlap.
  ///
  /// @param field the member with the time (ISO 8601) by which the listing is ordered
  /// @param beforeParameter the query parameter for the time (epoch seconds, exclusive)
  /// @param pageParameter the query parameter for a page number from 1, used if more records than
  ///   fit on a page have the same time
  record Keyset(
      String field, String beforeParameter, String pageParameter, String sizeParameter, int size)
      implements Pagination {
    public Keyset {
      require(field, "field");
      require(beforeParameter, "before_parameter");
      require(pageParameter, "page_parameter");
      require(sizeParameter, "size_parameter");
      ensureSize(size, 2); // a page overlaps with the one before
    }
  }

  private static void ensureSize(int size, int minimum) {
    if (size < minimum) {
      throw new IllegalArgumentException("size %d is below %d".formatted(size, minimum));
    }
  }
}
