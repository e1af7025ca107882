package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Recalculates the fields of a summary that depend on the ones a test has set, as Strava does when
/// an athlete edits an activity. A field that was set is never overwritten.
final class DerivedFields {
  private final ObjectNode summary;
  private final ObjectNode given;
  private final ObjectNode derived = Json.object();

  private DerivedFields(ObjectNode summary, ObjectNode given) {
    this.summary = summary;
    this.given = given;
  }

  /// The fields to recalculate; `given` is already merged into the summary.
  static ObjectNode of(ObjectNode summary, ObjectNode given, World world) {
    DerivedFields derivation = new DerivedFields(summary, given);
    derivation.time();
    derivation.speed();
    derivation.heart();
    if (given.hasNonNull("sport_type")) {
      derivation.derive("type", summary.textNode(world.type(given.path("sport_type").asText())));
    }
    return derivation.derived;
  }

  private void time() {
    if (given.has("start_date") || given.has("utc_offset")) {
      derive("start_date_local", summary.textNode(local()));
    }
    int moving = summary.path("moving_time").intValue();
    int elapsed = summary.path("elapsed_time").intValue();
    if (given.has("moving_time") && elapsed < moving) {
      derive("elapsed_time", summary.numberNode(moving));
    }
    if (given.has("elapsed_time") && moving > elapsed) {
      derive("moving_time", summary.numberNode(elapsed));
    }
  }

  private void speed() {
    double moving = current("moving_time").doubleValue();
    boolean moved = given.has("distance") || given.has("moving_time") || derived.has("moving_time");
    if (moved && moving > 0) {
      double speed = Math.rint(summary.path("distance").doubleValue() / moving * 1000) / 1000;
      derive("average_speed", summary.numberNode(speed));
      if (summary.path("max_speed").doubleValue() < speed) {
        derive("max_speed", summary.numberNode(speed));
      }
    }
    if ((moved || given.has("average_watts")) && summary.has("kilojoules")) {
      double kilojoules = summary.path("average_watts").doubleValue() * moving / 1000;
      derive("kilojoules", summary.numberNode(Math.rint(kilojoules * 10) / 10));
    }
  }

  private void heart() {
    if (given.has("average_heartrate")) {
      JsonNode average = given.get("average_heartrate");
      derive("has_heartrate", summary.booleanNode(!average.isNull()));
      if (average.isNull()) {
        derive("max_heartrate", summary.nullNode());
      } else if (summary.path("max_heartrate").doubleValue() < average.doubleValue()) {
        derive("max_heartrate", average);
      }
    }
  }

  private JsonNode current(String field) {
    return derived.has(field) ? derived.get(field) : summary.path(field);
  }

  private void derive(String field, JsonNode value) {
    if (!given.has(field)) {
      derived.set(field, value);
    }
  }

  private String local() {
    return ListedActivity.start(summary)
        .plusSeconds(summary.path("utc_offset").longValue())
        .toString();
  }
}
