package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call for each record of another stream: it is made again only when that record has changed.
///
/// @param of the stream whose records ask for it
/// @param whenChanged the members of such a record whose change asks for it again; empty for all
///   that are not volatile
/// @param unless records that ask for nothing
/// @param counter a member that says how many there are: with 0 there is nothing to ask for
/// @param values where the ids come from, if not from the key of the record itself; then the one
///   record of `of` says when to ask again
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

  /// Whether a record asks for anything.
  public boolean appliesTo(JsonNode parent) {
    boolean none = unless != null && parent.path(unless.member()).equals(unless.is());
    return !none && (counter == null || parent.path(counter).asLong() > 0);
  }

  public Optional<String> countedBy() {
    return Optional.ofNullable(counter);
  }

  /// Records with this member ask for nothing.
  ///
  /// @param is the member's value
  public record Unless(String member, JsonNode is) {
    public Unless {
      require(member, "each.unless.member");
      is = is == null || is.isMissingNode() ? BooleanNode.TRUE : is;
    }
  }

  /// Where ids are found.
  ///
  /// @param stream in its records
  /// @param member there; `bikes.id` for the `id` of each element of `bikes`
  public record Value(String stream, String member) {
    public Value {
      require(stream, "each.values.stream");
      require(member, "each.values.member");
    }
  }
}
