package dev.paceline.extract.api;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What was asked for and not granted, and what cannot be read because of it.
///
/// @param scopes that were asked for
/// @param streams that cannot be read; those that are read only where they are asked for are left
///   out
/// @param essential whether other streams are read for the records of one of them: then next to
///   nothing is left
public record MissingScopes(List<String> scopes, List<String> streams, boolean essential) {

  /// Compares what a source wants with what a token allows.
  public static MissingScopes of(
      ApiDescription api, Collection<String> asked, Set<String> allowed) {
    Set<String> lacking = new HashSet<>();
    Set<String> needed = new HashSet<>();
    for (StreamDescription stream : api.streams()) {
      boolean refused = stream.scope() != null && !allowed.contains(stream.scope());
      if (stream.isOptional()) {
        continue;
      }
      needed.addAll(stream.needs());
      if (refused || stream.needs().stream().anyMatch(lacking::contains)) {
        lacking.add(stream.name());
      }
    }
    return new MissingScopes(
        asked.stream().filter(scope -> !allowed.contains(scope)).distinct().sorted().toList(),
        List.copyOf(new TreeSet<>(lacking)),
        lacking.stream().anyMatch(needed::contains));
  }

  public boolean isEmpty() {
    return scopes.isEmpty() && streams.isEmpty();
  }

  /// For people, e.g. `not granted: profile:read_all; athlete_zones cannot be read`.
  public String sentence() {
    String what = scopes.isEmpty() ? "a scope" : String.join(", ", scopes);
    return streams.isEmpty()
        ? "not granted: %s; what it opens is left out".formatted(what)
        : "not granted: %s; %s cannot be read".formatted(what, String.join(", ", streams));
  }
}
