package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// How a stream is spread over answers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Pagination.None.class, name = "none"),
  @JsonSubTypes.Type(value = Pagination.Page.class, name = "page"),
  @JsonSubTypes.Type(value = Pagination.Cursor.class, name = "cursor"),
  @JsonSubTypes.Type(value = Pagination.Link.class, name = "link"),
  @JsonSubTypes.Type(value = Pagination.Keyset.class, name = "keyset")
})
public sealed interface Pagination {

  /// One answer holds all: an object is one record, an array several.
  record None() implements Pagination {}

  /// Numbered pages from 1; one that is not full is the last.
  record Page(String pageParameter, String sizeParameter, int size) implements Pagination {
    public Page {
      require(pageParameter, "page_parameter");
      require(sizeParameter, "size_parameter");
      ensureSize(size, 1);
    }
  }

  /// Each answer says where the next begins; the last one says nothing, or has no record.
  ///
  /// @param parameter takes what was said
  /// @param next where an answer says it, as a JSON pointer
  /// @param nextOfLast the member of an answer's last record that says it, where `next` is absent;
  ///   then an answer of fewer than `size` records is the last
  /// @param sizeParameter takes `size`; absent where the source decides
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

  /// Each answer's `Link` header with `rel="next"` (RFC 8288) leads to the next; the last has none.
  record Link() implements Pagination {}

  /// Newest first, each page from the oldest time of the last one on, with a second of overlap.
  ///
  /// @param field the member with the time (ISO 8601) that the listing is ordered by
  /// @param beforeParameter takes the time (epoch seconds, exclusive)
  /// @param pageParameter takes a page from 1, for where more records than fill a page have one
  ///   time
  record Keyset(
      String field, String beforeParameter, String pageParameter, String sizeParameter, int size)
      implements Pagination {
    public Keyset {
      require(field, "field");
      require(beforeParameter, "before_parameter");
      require(pageParameter, "page_parameter");
      require(sizeParameter, "size_parameter");
      ensureSize(size, 2); // a page overlaps with the last one
    }
  }

  private static void ensureSize(int size, int least) {
    if (size < least) {
      throw new IllegalArgumentException("size %d is below %d".formatted(size, least));
    }
  }
}
