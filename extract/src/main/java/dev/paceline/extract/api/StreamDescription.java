package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One kind of record of a source, and how it is read: as a complete listing, or by a call for each
/// record of another stream.
///
/// @param path relative to the API's URL. `{id}` stands for the member `id` of the key; in a
///   listing `{athlete.id}` for the member `id` of the one record of the stream `athlete`
/// @param key the members that identify a record within an account; empty if the stream is read for
///   each record of another, whose key it uses
/// @param query the parameters of every call
/// @param records where the records are in a response, as a JSON pointer; absent for the whole
///   response
/// @param volatileMembers members whose change alone causes no other stream to be read again, e.g.
///   counters; `bikes.distance` for the `distance` of each element of `bikes`
/// @param gone how to decide that a key missing from a complete listing was deleted; absent if a
///   missing key means nothing
/// @param each absent for a listing
/// @param verified true if it is read again from time to time, for edits that no listing shows
/// @param optional true if it is only read on request
/// @param scope the scope that a token needs; absent if every token will do
public record StreamDescription(
    String name,
    String path,
    List<String> key,
    Map<String, String> query,
    @Nullable String records,
    Pagination pagination,
    @JsonProperty("volatile") List<String> volatileMembers,
    @Nullable DeletionRule gone,
    @Nullable ChildOf each,
    @Nullable Boolean verified,
    @Nullable Boolean optional,
    @Nullable String scope) {

  /// `{athlete.id}`: a member of the one record of another stream.
  public static final Pattern REFERENCE = Pattern.compile("\\{([a-z0-9_]+)\\.([A-Za-z0-9_]+)}");

  public StreamDescription {
    require(name, "name");
    require(path, "path");
    key = List.copyOf(Objects.requireNonNullElse(key, List.of()));
    query = Map.copyOf(Objects.requireNonNullElse(query, Map.of()));
    pagination = Objects.requireNonNullElse(pagination, new Pagination.None());
    volatileMembers = List.copyOf(Objects.requireNonNullElse(volatileMembers, List.of()));
    boolean needsKey = each == null || !each.values().isEmpty();
    if (key.isEmpty() == needsKey) {
      throw new IllegalArgumentException(
          needsKey
              ? "the key of the stream %s is empty".formatted(name)
              : "the stream %s uses the key of %s: leave its own out"
                  .formatted(name, Objects.requireNonNull(each).of()));
    }
  }

  public Optional<DeletionRule> deletionRule() {
    return Optional.ofNullable(gone);
  }

  /// Empty if the stream is a listing.
  public Optional<ChildOf> childOf() {
    return Optional.ofNullable(each);
  }

  public boolean isVerified() {
    return Boolean.TRUE.equals(verified);
  }

  public boolean isOptional() {
    return Boolean.TRUE.equals(optional);
  }

  /// The streams without which this one cannot be read.
  public Set<String> needs() {
    Set<String> needed = new TreeSet<>();
    REFERENCE.matcher(path).results().forEach(found -> needed.add(found.group(1)));
    childOf()
        .ifPresent(children -> {
          needed.add(children.of());
          children.values().forEach(value -> needed.add(value.stream()));
        });
    return needed;
  }

  /// Decides whether a missing key was deleted.
  ///
  /// @param path a path whose 404 confirms the deletion; absent if the listing alone is sufficient
  public record DeletionRule(@Nullable String path) {

    public Optional<String> confirmationPath() {
      return Optional.ofNullable(path);
    }
  }
}
