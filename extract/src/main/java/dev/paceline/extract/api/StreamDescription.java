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

/// One kind of record of a source, and how it is read: listed whole, or called for each record of
/// another stream.
///
/// @param path below the API's URL. `{id}` stands for the member `id` of the key; in a listing
///   `{athlete.id}` for the member `id` of the one record of the stream `athlete`
/// @param key the members that identify a record within an account; empty where the stream is read
///   for each record of another, whose key it takes
/// @param query parameters of every call
/// @param records where the records are in an answer, as a JSON pointer; absent for the answer
///   itself
/// @param volatileMembers members whose change alone asks for no other stream again, e.g. counters;
///   `bikes.distance` for the `distance` of each element of `bikes`
/// @param gone how a key that a whole listing lacks is known to be gone; absent where keys that a
///   listing lacks mean nothing
/// @param each absent in a listing
/// @param verified true where it is read again from time to time, for edits that no listing shows
/// @param optional true where it is read only where it is asked for
/// @param scope what a token must have been granted; absent where every token will do
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
    boolean ofItsOwn = each == null || !each.values().isEmpty();
    if (key.isEmpty() == ofItsOwn) {
      throw new IllegalArgumentException(
          ofItsOwn
              ? "the key of the stream %s is empty".formatted(name)
              : "the stream %s takes the key of %s: leave its own out"
                  .formatted(name, Objects.requireNonNull(each).of()));
    }
  }

  public Optional<DeletionRule> deletionRule() {
    return Optional.ofNullable(gone);
  }

  /// Empty where the stream is a listing.
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

  /// How a key is known to be gone.
  ///
  /// @param path whose 404 confirms it; absent where the listing alone is believed
  public record DeletionRule(@Nullable String path) {

    public Optional<String> confirmationPath() {
      return Optional.ofNullable(path);
    }
  }
}
