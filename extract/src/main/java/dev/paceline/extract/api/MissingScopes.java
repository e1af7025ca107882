package dev.paceline.extract.api;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The scopes that were requested and not granted, and the streams that cannot be read without
/// them.
///
/// @param scopes the requested scopes that were not granted
/// @param streams the streams that cannot be read, not counting optional ones
/// @param essential whether other streams depend on one of them: then next to nothing is left
public record MissingScopes(List<String> scopes, List<String> streams, boolean essential) {

  /// Compares the requested scopes with those that a token allows.
  public static MissingScopes of(
      ApiDescription api, Collection<String> requested, Set<String> allowed) {
    Set<String> unreadable = new HashSet<>();
    Set<String> needed = new HashSet<>();
    for (StreamDescription stream : api.streams()) {
      boolean refused = stream.scope().filter(scope -> !allowed.contains(scope)).isPresent();
      if (stream.isOptional()) {
        continue;
      }
      needed.addAll(stream.needs());
      if (refused || stream.needs().stream().anyMatch(unreadable::contains)) {
        unreadable.add(stream.name());
      }
    }
    return new MissingScopes(
        requested.stream().filter(scope -> !allowed.contains(scope)).distinct().sorted().toList(),
        List.copyOf(new TreeSet<>(unreadable)),
        unreadable.stream().anyMatch(needed::contains));
  }

  public boolean isEmpty() {
    return scopes.isEmpty() && streams.isEmpty();
  }

  /// For messages, e.g. `not granted: profile:read_all; athlete_zones cannot be read`.
  public String sentence() {
    String what = scopes.isEmpty() ? "a scope" : String.join(", ", scopes);
    return streams.isEmpty()
        ? "not granted: %s; the streams that need it are skipped".formatted(what)
        : "not granted: %s; %s cannot be read".formatted(what, String.join(", ", streams));
  }
}
