package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Makes the rest of a summary agree with the fields that a test gave: as Strava does when an
/// athlete edits one. What was given itself is never touched.
final class DerivedFields {
  private final ObjectNode summary;
  private final ObjectNode given;
  private final ObjectNode rest = Json.object();

  private DerivedFields(ObjectNode summary, ObjectNode given) {
    this.summary = summary;
    this.given = given;
  }

  /// The fields that have to follow, where `given` is already laid over the summary.
  static ObjectNode following(ObjectNode summary, ObjectNode given, World world) {
    DerivedFields agreement = new DerivedFields(summary, given);
    agreement.time();
    agreement.speed();
    agreement.heart();
    if (given.hasNonNull("sport_type")) {
      agreement.follow("type", summary.textNode(world.type(given.path("sport_type").asText())));
    }
    return agreement.rest;
  }

  private void time() {
    if (given.has("start_date") || given.has("utc_offset")) {
      follow("start_date_local", summary.textNode(local()));
    }
    int moving = summary.path("moving_time").intValue();
    int elapsed = summary.path("elapsed_time").intValue();
    if (given.has("moving_time") && elapsed < moving) {
      follow("elapsed_time", summary.numberNode(moving));
    }
    if (given.has("elapsed_time") && moving > elapsed) {
      follow("moving_time", summary.numberNode(elapsed));
    }
  }

  private void speed() {
    double moving = now("moving_time").doubleValue();
    boolean moved = given.has("distance") || given.has("moving_time") || rest.has("moving_time");
    if (moved && moving > 0) {
      double speed = Math.rint(summary.path("distance").doubleValue() / moving * 1000) / 1000;
      follow("average_speed", summary.numberNode(speed));
      if (summary.path("max_speed").doubleValue() < speed) {
        follow("max_speed", summary.numberNode(speed));
      }
    }
    if ((moved || given.has("average_watts")) && summary.has("kilojoules")) {
      double kilojoules = summary.path("average_watts").doubleValue() * moving / 1000;
      follow("kilojoules", summary.numberNode(Math.rint(kilojoules * 10) / 10));
    }
  }

  private void heart() {
    if (given.has("average_heartrate")) {
      JsonNode average = given.get("average_heartrate");
      follow("has_heartrate", summary.booleanNode(!average.isNull()));
      if (average.isNull()) {
        follow("max_heartrate", summary.nullNode());
      } else if (summary.path("max_heartrate").doubleValue() < average.doubleValue()) {
        follow("max_heartrate", average);
      }
    }
  }

  private JsonNode now(String field) {
    return rest.has(field) ? rest.get(field) : summary.path(field);
  }

  private void follow(String field, JsonNode value) {
    if (!given.has(field)) {
      rest.set(field, value);
    }
  }

  private String local() {
    return ListedActivity.start(summary)
        .plusSeconds(summary.path("utc_offset").longValue())
        .toString();
  }
}
