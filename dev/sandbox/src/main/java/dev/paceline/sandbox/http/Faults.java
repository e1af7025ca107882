package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The mishaps that a test has ordered, each for some calls of some endpoint. A restart forgets
/// them.
final class Faults {
  private static final String LISTING = "/athlete/activities";
  private static final List<String> OF_EVERY_FAULT =
      List.of("kind", "endpoint", "id", "times", "after");

  /// One order. `endpoint` is as calls are counted, null for any below `/api/v3`; `id` is the one
  /// in the path, null for any; `times` is null for ever.
  private static final class Fault {
    private final ObjectNode told;
    private final Mishap mishap;
    private final @Nullable String endpoint;
    private final @Nullable String id;
    private final @Nullable Integer times;
    private int passing;
    private int happened;

    Fault(ObjectNode told, Mishap mishap) {
      this.told = told;
      this.mishap = mishap;
      this.endpoint = told.hasNonNull("endpoint") ? told.get("endpoint").asText() : usual(mishap);
      this.id = told.hasNonNull("id") ? told.get("id").asText() : null;
      this.times = told.hasNonNull("times") ? (Integer) told.get("times").intValue() : null;
      this.passing = told.path("after").intValue();
    }

    boolean concerns(String calledEndpoint, @Nullable String calledId) {
      boolean there =
          endpoint == null
              ? !calledEndpoint.startsWith(OAuth.PREFIX)
              : endpoint.equals(calledEndpoint);
      return there && (id == null || id.equals(calledId)) && (times == null || happened < times);
    }

    boolean happens() {
      if (passing > 0) {
        passing--;
        return false;
      }
      happened++;
      return true;
    }

    /// Some mishaps can only befall one endpoint.
    private static @Nullable String usual(Mishap mishap) {
      return switch (mishap) {
        case Mishap.UploadDuringListing _ -> LISTING;
        case Mishap.RotatedUnanswered _ -> OAuth.TOKEN;
        default -> null;
      };
    }
  }

  private final List<Fault> faults = new ArrayList<>();

  /// Complains with an [IllegalArgumentException] about an order that cannot be meant.
  synchronized ObjectNode add(ObjectNode told) {
    Mishap mishap = Mishap.of(told);
    told.fieldNames()
        .forEachRemaining(field -> {
          if (!OF_EVERY_FAULT.contains(field) && !mishap.fields().contains(field)) {
            throw new IllegalArgumentException(
                "A fault of kind %s knows no \"%s\".".formatted(told.get("kind").asText(), field));
          }
        });
    JsonNode endpoint = told.path("endpoint");
    if (told.hasNonNull("endpoint") && !endpoint.asText().startsWith("/")) {
      throw new IllegalArgumentException(
          "endpoint must be as GET /control/calls has it, such as \"/activities/{id}\", not %s."
              .formatted(endpoint));
    }
    whole(told, "times", 1);
    whole(told, "after", 0);
    faults.add(new Fault(told.deepCopy(), mishap));
    return told;
  }

  synchronized void clear() {
    faults.clear();
  }

  /// The orders, and how often each has been carried out.
  synchronized ArrayNode json() {
    ArrayNode all = Json.object().putArray("faults");
    for (Fault fault : faults) {
      all.add(fault.told.deepCopy().put("happened", fault.happened));
    }
    return all;
  }

  /// What goes wrong with this call: the oldest order that concerns it and is due.
  synchronized Optional<Mishap> next(String endpoint, @Nullable String id) {
    for (Fault fault : faults) {
      if (fault.concerns(endpoint, id) && fault.happens()) {
        return Optional.of(fault.mishap);
      }
    }
    return Optional.empty();
  }

  private static void whole(ObjectNode told, String field, int least) {
    JsonNode value = told.path(field);
    if (told.hasNonNull(field) && !(value.isInt() && value.intValue() >= least)) {
      throw new IllegalArgumentException(
          "%s must be a whole number, %d or more, not %s.".formatted(field, least, value));
    }
  }
}
