package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.cli.source.Finding;
import dev.paceline.cli.source.ValidationException;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Conditions;
import dev.paceline.extract.api.StreamDescription.DeletionRule;
import dev.paceline.extract.api.StreamDescription.Endpoint;
import dev.paceline.extract.api.StreamDescription.Listing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An entry of `streams` as it is written in `api.yaml`. Which members are given decides the kind
/// of the stream.
///
/// @param each present for a child
/// @param gone only for a listing
/// @param verified only for a child
record StreamEntry(
    String name,
    String path,
    @Nullable List<String> key,
    @Nullable Map<String, String> query,
    @Nullable String records,
    @Nullable Pagination pagination,
    @JsonProperty("volatile") @Nullable List<String> volatileMembers,
    @Nullable DeletionRule gone,
    @Nullable ChildOf each,
    @Nullable Boolean verified,
    @Nullable Boolean optional,
    @Nullable String scope) {

  StreamEntry {
    require(name, "name");
    require(path, "path");
    boolean needsKey = each == null || !each.values().isEmpty();
    if ((key == null || key.isEmpty()) == needsKey) {
      throw new IllegalArgumentException(
          needsKey
              ? "the key of the stream %s is empty".formatted(name)
              : "the stream %s uses the key of %s: leave its own out"
                  .formatted(name, Objects.requireNonNull(each).of()));
    }
    if (each == null && Boolean.TRUE.equals(verified)) {
      throw misplaced("/verified", "leave it out: a listing is read in every run");
    }
    if (each != null && gone != null) {
      throw misplaced("/gone", "leave it out: it is deleted with the record that it is read for");
    }
  }

  private static ValidationException misplaced(String member, String what) {
    return new ValidationException(List.of(Finding.at(member, what)));
  }

  StreamDescription toStream() {
    Endpoint endpoint =
        new Endpoint(
            path,
            Objects.requireNonNullElse(query, Map.of()),
            records,
            Objects.requireNonNullElse(pagination, new Pagination.None()));
    List<String> keyMembers = Objects.requireNonNullElse(key, List.of());
    List<String> uncounted = Objects.requireNonNullElse(volatileMembers, List.of());
    Conditions conditions = new Conditions(Boolean.TRUE.equals(optional), scope);
    return each == null
        ? new Listing(name, keyMembers, endpoint, uncounted, gone, conditions)
        : new Child(
            name, keyMembers, endpoint, uncounted, each, Boolean.TRUE.equals(verified), conditions);
  }
}
