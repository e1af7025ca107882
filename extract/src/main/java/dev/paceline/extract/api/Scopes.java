package dev.paceline.extract.api;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The scopes that a token was granted.
///
/// @param granted as the source spells them
public record Scopes(Set<String> granted) {

  private static final String ALL = "_all";

  public Scopes {
    granted = Set.copyOf(granted);
  }

  /// Parses a list that is separated by spaces, as in OAuth, or by commas, as Strava does it.
  public static Scopes parse(String text) {
    return new Scopes(
        Stream.of(text.split("[\\s,]+", -1))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// The granted scopes and those that they imply: `activity:read_all` implies `activity:read`.
  public Set<String> allowed() {
    Set<String> allowed = new TreeSet<>(granted);
    granted.stream()
        .filter(scope -> scope.endsWith(ALL))
        .map(scope -> scope.substring(0, scope.length() - ALL.length()))
        .forEach(allowed::add);
    return allowed;
  }

  /// As stored in tokens: in alphabetical order, separated by commas.
  @Override
  public String toString() {
    return String.join(",", new TreeSet<>(granted));
  }
}
