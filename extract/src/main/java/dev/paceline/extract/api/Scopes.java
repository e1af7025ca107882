package dev.paceline.extract.api;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a token was granted.
///
/// @param granted as the source wrote them
public record Scopes(Set<String> granted) {

  private static final String ALL = "_all";

  public Scopes {
    granted = Set.copyOf(granted);
  }

  /// Reads a list as OAuth has it, separated by blanks, or as Strava does, by commas.
  public static Scopes parse(String text) {
    return new Scopes(
        Stream.of(text.split("[\\s,]+", -1))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// With what they imply: `activity:read_all` allows all that `activity:read` does.
  public Set<String> allowed() {
    Set<String> allowed = new TreeSet<>(granted);
    granted.stream()
        .filter(scope -> scope.endsWith(ALL))
        .map(scope -> scope.substring(0, scope.length() - ALL.length()))
        .forEach(allowed::add);
    return allowed;
  }

  /// As tokens keep them: in the order of the alphabet, separated by commas.
  @Override
  public String toString() {
    return String.join(",", new TreeSet<>(granted));
  }
}
