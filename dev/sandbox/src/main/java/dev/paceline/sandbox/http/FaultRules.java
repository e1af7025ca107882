package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The faults that a test has set up, each for some calls of some endpoint. A restart removes them.
final class FaultRules {
  private static final String LISTING = "/athlete/activities";
  private static final List<String> COMMON_FIELDS =
      List.of("kind", "endpoint", "id", "times", "after");

  /// One rule. `endpoint` is named as in the call counts, null for any below `/api/v3`; `id` is the
  /// one in the path, null for any; `times` is null for no limit.
  private static final class FaultRule {
    private final ObjectNode fields;
    private final Fault fault;
    private final @Nullable String endpoint;
    private final @Nullable String id;
    private final @Nullable Integer times;
    private int callsToSkip;
    private int timesFired;

    FaultRule(ObjectNode fields, Fault fault) {
      this.fields = fields;
      this.fault = fault;
      this.endpoint =
          fields.hasNonNull("endpoint") ? fields.get("endpoint").asText() : defaultEndpoint(fault);
      this.id = fields.hasNonNull("id") ? fields.get("id").asText() : null;
      this.times = fields.hasNonNull("times") ? (Integer) fields.get("times").intValue() : null;
      this.callsToSkip = fields.path("after").intValue();
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

  /// Throws [IllegalArgumentException] with a sentence for an invalid rule.
  synchronized ObjectNode add(ObjectNode fields) {
    Fault fault = Fault.of(fields);
    fields
        .fieldNames()
        .forEachRemaining(field -> {
          if (!COMMON_FIELDS.contains(field) && !fault.fields().contains(field)) {
            throw new IllegalArgumentException(
                "A fault of kind %s has no field \"%s\"."
                    .formatted(fields.get("kind").asText(), field));
          }
        });
    JsonNode endpoint = fields.path("endpoint");
    if (fields.hasNonNull("endpoint") && !endpoint.asText().startsWith("/")) {
      throw new IllegalArgumentException(
          "endpoint must be written as in GET /control/calls, such as \"/activities/{id}\", not %s."
              .formatted(endpoint));
    }
    checkWholeNumber(fields, "times", 1);
    checkWholeNumber(fields, "after", 0);
    rules.add(new FaultRule(fields.deepCopy(), fault));
    return fields;
  }

  /// Removes all rules, and lets go of the calls that they hold.
  synchronized void clear() {
    for (FaultRule rule : rules) {
      if (rule.fault instanceof Fault.Hold(CountDownLatch cleared)) {
        cleared.countDown();
      }
    }
    rules.clear();
  }

  /// The rules, and how often each has happened.
  synchronized ArrayNode json() {
    ArrayNode all = Json.object().putArray("faults");
    for (FaultRule rule : rules) {
      all.add(rule.fields.deepCopy().put("happened", rule.timesFired));
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

  private static void checkWholeNumber(ObjectNode fields, String field, int min) {
    JsonNode value = fields.path(field);
    if (fields.hasNonNull(field) && !(value.isInt() && value.intValue() >= min)) {
      throw new IllegalArgumentException(
          "%s must be a whole number, %d or more, not %s.".formatted(field, min, value));
    }
  }
}
