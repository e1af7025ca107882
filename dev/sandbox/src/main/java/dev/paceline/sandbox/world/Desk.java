package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where a test writes: checks what it wants, so that no edit makes a record that Strava could not
/// have. Complaints are [IllegalArgumentException]s.
public final class Desk {
  private static final Duration BEFORE_NOW = Duration.ofHours(2);
  private static final List<String> WHOLE =
      List.of(
          "moving_time",
          "elapsed_time",
          "kudos_count",
          "comment_count",
          "athlete_count",
          "achievement_count");
  private static final List<String> NUMBERS =
      List.of("distance", "total_elevation_gain", "average_speed", "max_speed", "utc_offset");

  private final Catalogue catalogue;
  private final Memory memory;

  public Desk(Catalogue catalogue, Memory memory) {
    this.catalogue = catalogue;
    this.memory = memory;
  }

  /// Adds an activity: the given fields over an invented one that starts at their `start_date`, or
  /// two hours ago.
  public synchronized ObjectNode add(long athlete, ObjectNode fields) {
    if (fields.has("athlete")) {
      throw new IllegalArgumentException("athlete is the one that the path names; leave it out.");
    }
    checkTypes(fields);
    Instant now = memory.clock().now();
    Instant start = fields.has("start_date") ? ListedActivity.start(fields) : now.minus(BEFORE_NOW);
    if (start.isAfter(now)) {
      throw new IllegalArgumentException(
          "start_date %s is later than the sandbox's clock, %s.".formatted(start, now));
    }
    long id = fields.has("id") ? givenId(fields) : freeId(now);
    if (catalogue.of(athlete).all().stream()
        .anyMatch(activity -> activity.startSecond() == start.getEpochSecond())) {
      throw new IllegalArgumentException(
          "The athlete has an activity that starts at %s; start this one at another second."
              .formatted(start));
    }
    ObjectNode activity =
        catalogue.world().invented(athlete, start, fields.path("sport_type").asText("Run"), id);
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue().isNull()) {
        activity.remove(field.getKey());
      } else {
        activity.set(field.getKey(), field.getValue());
      }
    }
    activity.put("id", id);
    agree(activity, fields);
    memory.add(activity);
    return activity;
  }

  /// Sets fields of an activity; null takes one away. A moved start moves the local one with it.
  public synchronized void change(ListedActivity activity, ObjectNode fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "Give the fields to set, such as {\"name\":\"Evening run\"}.");
    }
    if (fields.has("id") || fields.has("athlete")) {
      throw new IllegalArgumentException(
          "id and athlete stay what they are; delete the activity and add another one.");
    }
    checkTypes(fields);
    ObjectNode all = fields.deepCopy();
    if (fields.has("start_date") && !fields.has("start_date_local")) {
      ObjectNode summary = Json.object(activity.json());
      summary.setAll(fields);
      all.put("start_date_local", local(summary));
    }
    memory.change(activity.id(), all);
  }

  private static void checkTypes(ObjectNode fields) {
    if (fields.path("private").asBoolean(false)
        || fields.path("visibility").asText().equals("only_me")) {
      throw new IllegalArgumentException(
          "An activity for its athlete alone is not shown to this token: POST its /hide instead.");
    }
    if (fields.has("start_date")) {
      ListedActivity.start(fields);
    }
    for (String field : WHOLE) {
      check(
          fields,
          field,
          fields.path(field).isIntegralNumber() && fields.path(field).longValue() >= 0,
          "a whole number, 0 or more");
    }
    for (String field : NUMBERS) {
      check(fields, field, fields.path(field).isNumber(), "a number");
    }
    check(fields, "name", fields.path("name").isTextual(), "text");
    check(fields, "sport_type", fields.path("sport_type").isTextual(), "text");
  }

  private static void check(ObjectNode fields, String field, boolean right, String expected) {
    if (fields.hasNonNull(field) && !right) {
      throw new IllegalArgumentException(
          "%s must be %s, not %s.".formatted(field, expected, fields.get(field)));
    }
  }

  private long givenId(ObjectNode fields) {
    JsonNode id = fields.get("id");
    if (!id.canConvertToLong() || !id.isIntegralNumber() || id.longValue() < 1) {
      throw new IllegalArgumentException("id must be a whole number above 0, not " + id + ".");
    }
    if (isTaken(id.longValue())) {
      throw new IllegalArgumentException(
          "There is or was an activity " + id + "; give another id, or none.");
    }
    return id.longValue();
  }

  private long freeId(Instant now) {
    int nth = 0;
    while (isTaken(ActivityId.added(now.getEpochSecond(), nth))) {
      nth++;
    }
    return ActivityId.added(now.getEpochSecond(), nth);
  }

  private boolean isTaken(long id) {
    return memory.edits().isDeleted(id) || catalogue.find(id).isPresent();
  }

  /// Makes what was invented agree with what was given.
  private static void agree(ObjectNode activity, ObjectNode given) {
    if (!given.has("start_date_local")) {
      activity.put("start_date_local", local(activity));
    }
    int moving = activity.path("moving_time").intValue();
    if (!given.has("elapsed_time") && given.has("moving_time")) {
      activity.put("elapsed_time", moving);
    }
    if (!given.has("average_speed")
        && moving > 0
        && (given.has("distance") || given.has("moving_time"))) {
      activity.put(
          "average_speed",
          Math.rint(activity.path("distance").doubleValue() / moving * 1000) / 1000);
    }
  }

  private static String local(ObjectNode activity) {
    return ListedActivity.start(activity)
        .plusSeconds(activity.path("utc_offset").longValue())
        .toString();
  }
}
