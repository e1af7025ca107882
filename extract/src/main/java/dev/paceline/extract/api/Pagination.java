package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How a stream is spread over answers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Pagination.None.class, name = "none"),
  @JsonSubTypes.Type(value = Pagination.Keyset.class, name = "keyset")
})
public sealed interface Pagination {

  /// One answer holds all: an object is one record, an array several.
  record None() implements Pagination {}

  /// Newest first, each page from the oldest time of the last one on, with a second of overlap.
  ///
  /// @param field the member with the time (ISO 8601) that the listing is ordered by
  /// @param beforeParameter takes the time (epoch seconds, exclusive)
  /// @param pageParameter takes a page from 1, for where more records than fill a page have one
  ///   time
  public record Keyset(
      String field, String beforeParameter, String pageParameter, String sizeParameter, int size)
      implements Pagination {
    public Keyset {
      require(field, "field");
      require(beforeParameter, "before_parameter");
      require(pageParameter, "page_parameter");
      require(sizeParameter, "size_parameter");
      if (size < 2) {
        throw new IllegalArgumentException("size %d leaves no room to overlap".formatted(size));
      }
    }
  }
}
