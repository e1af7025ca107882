package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a child stream is read: by one call for each record of its parent stream, repeated only when
/// that record has changed.
///
/// @param of the parent stream
/// @param whenChanged the members of a parent record whose change repeats the call; empty for all
///   that are not volatile
/// @param unless excludes parent records
/// @param counter a member with the number of child records: if it is 0, no call is made
/// @param values where the ids come from, if not from the key of the parent record; then a change
///   of the one record of `of` repeats the calls
public record ChildOf(
    String of,
    List<String> whenChanged,
    @Nullable Unless unless,
    @Nullable String counter,
    List<Value> values) {

  public ChildOf {
    require(of, "each.of");
    whenChanged = List.copyOf(Objects.requireNonNullElse(whenChanged, List.of()));
    values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
  }

  public Optional<String> countedBy() {
    return Optional.ofNullable(counter);
  }

  /// Excludes parent records whose member has this value.
  public record Unless(String member, JsonNode is) {
    public Unless {
      require(member, "each.unless.member");
      is = is == null || is.isMissingNode() ? BooleanNode.TRUE : is;
    }
  }

  /// Where ids are found.
  ///
  /// @param stream the stream whose records contain them
  /// @param member their member; `bikes.id` for the `id` of each element of `bikes`
  public record Value(String stream, String member) {
    public Value {
      require(stream, "each.values.stream");
      require(member, "each.values.member");
    }
  }
}
