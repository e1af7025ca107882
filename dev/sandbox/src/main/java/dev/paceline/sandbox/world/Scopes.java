package dev.paceline.sandbox.world;

import java.util.Collection;
import java.util.List;

/// What an athlete's tokens allow to read, by Strava's names and in its order.
public record Scopes(List<String> names) {
  private static final List<String> KNOWN =
      List.of(
          "read",
          "read_all",
          "profile:read_all",
          "profile:write",
          "activity:read",
          "activity:read_all",
          "activity:write");

  /// Everything except activities visible to the athlete alone, so that hiding an activity removes
  /// it from the listing.
  static final Scopes DEFAULT =
      of(List.of("read", "read_all", "profile:read_all", "activity:read"));

  public Scopes {
    names = List.copyOf(names);
  }

  /// Throws [IllegalArgumentException] with a sentence if Strava has no such scope.
  public static Scopes of(Collection<String> names) {
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is not a scope; Strava has %s.".formatted(name, String.join(", ", KNOWN)));
      }
    }
    return new Scopes(KNOWN.stream().filter(names::contains).toList());
  }

  public Scopes without(Scopes unticked) {
    return new Scopes(names.stream().filter(name -> !unticked.names.contains(name)).toList());
  }

  /// Public segments and routes.
  public boolean canRead() {
    return names.contains("read") || canReadAll();
  }

  /// Private segments and routes as well.
  public boolean canReadAll() {
    return names.contains("read_all");
  }

  /// Weight, power, gear, clubs and zones.
  public boolean canReadProfile() {
    return names.contains("profile:read_all");
  }

  public boolean canReadActivities() {
    return names.contains("activity:read") || canReadOnlyMe();
  }

  /// Activities visible to the athlete alone as well.
  public boolean canReadOnlyMe() {
    return names.contains("activity:read_all");
  }

  /// As written in a URL.
  @Override
  public String toString() {
    return String.join(",", names);
  }
}
