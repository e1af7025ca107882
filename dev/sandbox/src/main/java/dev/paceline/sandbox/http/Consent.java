package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The choices on the consent page: the athlete (null for the first one), the unticked scopes, and
/// whether the whole request is refused.
record Consent(@Nullable Long athlete, Scopes unticked, boolean refuse) {
  private static final Scopes NONE = new Scopes(List.of());

  static Consent toEverything() {
    return new Consent(null, NONE, false);
  }

  /// Throws [IllegalArgumentException] with a sentence if the choices are invalid.
  static Consent of(ObjectNode given, List<Long> athletes) {
    JsonNode athlete = given.path("athlete");
    if (given.hasNonNull("athlete")
        && !(athlete.canConvertToLong() && athletes.contains(athlete.longValue()))) {
      throw new IllegalArgumentException(
          "There is no athlete " + athlete + "; GET /control/athletes lists them.");
    }
    List<String> unticked = new ArrayList<>();
    given.path("untick").forEach(scope -> unticked.add(scope.asText()));
    return new Consent(
        given.hasNonNull("athlete") ? (Long) athlete.longValue() : null,
        Scopes.of(unticked),
        given.path("refuse").asBoolean(false));
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("athlete", athlete);
    unticked.names().forEach(json.putArray("untick")::add);
    return json.put("refuse", refuse);
  }
}
