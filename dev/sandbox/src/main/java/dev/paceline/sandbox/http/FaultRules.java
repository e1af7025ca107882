package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The faults a test has ordered, each for some calls of some endpoint. A restart removes them.
final class FaultRules {
  private static final String LISTING = "/athlete/activities";
  private static final List<String> COMMON_FIELDS =
      List.of("kind", "endpoint", "id", "times", "after");

  /// One ordered fault. `endpoint` is named as in the call counts, null for any below `/api/v3`;
  /// `id` is the one in the path, null for any; `times` is null for no limit.
  private static final class FaultRule {
    private final ObjectNode order;
    private final Fault fault;
    private final @Nullable String endpoint;
    private final @Nullable String id;
    private final @Nullable Integer times;
    private int callsToSkip;
    private int timesFired;

    FaultRule(ObjectNode order, Fault fault) {
      this.order = order;
      this.fault = fault;
      this.endpoint =
          order.hasNonNull("endpoint") ? order.get("endpoint").asText() : defaultEndpoint(fault);
      this.id = order.hasNonNull("id") ? order.get("id").asText() : null;
      this.times = order.hasNonNull("times") ? (Integer) order.get("times").intValue() : null;
      this.callsToSkip = order.path("after").intValue();
    }

    boolean matches(String calledEndpoint, @Nullable String calledId) {
      boolean sameEndpoint =
          endpoint == null
              ? !calledEndpoint.startsWith(OAuth.PREFIX)
              : endpoint.equals(calledEndpoint);
      return sameEndpoint
          && (id == null || id.equals(calledId))
          && (times == null || timesFired < times);
    }

    boolean fires() {
      if (callsToSkip > 0) {
        callsToSkip--;
        return false;
      }
      timesFired++;
      return true;
    }

    /// Some faults apply to one endpoint only.
    private static @Nullable String defaultEndpoint(Fault fault) {
      return switch (fault) {
        case Fault.UploadDuringListing _ -> LISTING;
        case Fault.RotatedUnanswered _ -> OAuth.TOKEN;
        default -> null;
      };
    }
  }

  private final List<FaultRule> rules = new ArrayList<>();

  /// Throws [IllegalArgumentException] with a sentence for an invalid order.
  synchronized ObjectNode add(ObjectNode order) {
    Fault fault = Fault.of(order);
    order
        .fieldNames()
        .forEachRemaining(field -> {
          if (!COMMON_FIELDS.contains(field) && !fault.fields().contains(field)) {
            throw new IllegalArgumentException(
                "A fault of kind %s has no field \"%s\"."
                    .formatted(order.get("kind").asText(), field));
          }
        });
    JsonNode endpoint = order.path("endpoint");
    if (order.hasNonNull("endpoint") && !endpoint.asText().startsWith("/")) {
      throw new IllegalArgumentException(
          "endpoint must be written as in GET /control/calls, such as \"/activities/{id}\", not %s."
              .formatted(endpoint));
    }
    checkWholeNumber(order, "times", 1);
    checkWholeNumber(order, "after", 0);
    rules.add(new FaultRule(order.deepCopy(), fault));
    return order;
  }

  synchronized void clear() {
    rules.clear();
  }

  /// The orders, and how often each has happened.
  synchronized ArrayNode json() {
    ArrayNode all = Json.object().putArray("faults");
    for (FaultRule rule : rules) {
      all.add(rule.order.deepCopy().put("happened", rule.timesFired));
    }
    return all;
  }

  /// The fault of this call: that of the oldest matching rule that is due.
  synchronized Optional<Fault> next(String endpoint, @Nullable String id) {
    for (FaultRule rule : rules) {
      if (rule.matches(endpoint, id) && rule.fires()) {
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  private static void checkWholeNumber(ObjectNode order, String field, int min) {
    JsonNode value = order.path(field);
    if (order.hasNonNull(field) && !(value.isInt() && value.intValue() >= min)) {
      throw new IllegalArgumentException(
          "%s must be a whole number, %d or more, not %s.".formatted(field, min, value));
    }
  }
}
