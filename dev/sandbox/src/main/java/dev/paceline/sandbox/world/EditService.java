package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Applies a test's edits. Validates them first, so that no edit makes a record that Strava could
/// not have. Throws [IllegalArgumentException] for an invalid one.
public final class EditService {
  private static final Duration DEFAULT_AGE = Duration.ofHours(2);
  private static final int MAX_STREAM_POINTS = 200_000;
  private static final List<String> WHOLE_NUMBER_FIELDS =
      List.of(
          "moving_time",
          "elapsed_time",
          "kudos_count",
          "comment_count",
          "athlete_count",
          "achievement_count",
          "photo_count",
          "total_photo_count",
          "pr_count");
  private static final List<String> NUMBER_FIELDS =
      List.of(
          "distance",
          "total_elevation_gain",
          "average_speed",
          "max_speed",
          "average_heartrate",
          "max_heartrate",
          "average_watts",
          "utc_offset");
  private static final List<String> GEAR_FIELDS = List.of("nickname", "retired");
  private static final List<String> READ_ONLY_FIELDS = List.of("id", "bikes", "shoes", "clubs");

  private final EditedWorld world;
  private final SandboxState state;

  public EditService(EditedWorld world, SandboxState state) {
    this.world = world;
    this.state = state;
  }

  /// Adds an activity: the given fields over a generated one that starts at their `start_date`, or
  /// two hours ago. Returns its record.
  public synchronized byte[] add(long athlete, ObjectNode fields) {
    if (fields.has("athlete")) {
      throw new IllegalArgumentException("The path already names the athlete; leave out athlete.");
    }
    ObjectNode given = validated(fields);
    Instant now = state.clock().now();
    Instant start = given.has("start_date") ? ListedActivity.start(given) : now.minus(DEFAULT_AGE);
    if (start.isAfter(now)) {
      throw new IllegalArgumentException(
          "start_date %s is later than the sandbox's clock, %s.".formatted(start, now));
    }
    long id = given.has("id") ? givenId(given) : freeId(now);
    ObjectNode activity =
        world.base().generated(athlete, start, given.path("sport_type").asText("Run"), id);
    ObjectNode streamSettings = streamSettings(given);
    overlay(given, activity);
    activity.put("id", id);
    if (!given.has("elapsed_time") && given.has("moving_time")) {
      activity.set("elapsed_time", activity.get("moving_time"));
    }
    overlay(DerivedFields.of(activity, given, world.base()), activity);
    state.add(activity);
    if (!streamSettings.isEmpty()) {
      state.change(id, streamSettings);
    }
    setOnlyMe(id, fields);
    return world.find(id).orElseThrow().json();
  }

  /// Adds an activity as if it were uploaded during a run: it starts a second after the newest one,
  /// so it is listed first.
  public synchronized void upload(long athlete) {
    Instant now = state.clock().now();
    long newest =
        world.view(athlete, true).all().stream()
            .findFirst()
            .map(activity -> activity.startSecond() + 1)
            .orElse(now.minus(DEFAULT_AGE).getEpochSecond());
    long start = Math.min(newest, now.getEpochSecond());
    ObjectNode fields = Json.object().put("start_date", Instant.ofEpochSecond(start).toString());
    add(
        athlete,
        fields.put("moving_time", Math.clamp((now.getEpochSecond() - start) / 2, 1, 3600)));
  }

  /// Sets fields of an activity. Null removes a field, and dependent fields are recalculated.
  public synchronized void change(ListedActivity activity, ObjectNode fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "Give the fields to set, such as {\"name\":\"Evening run\"}.");
    }
    if (fields.has("id") || fields.has("athlete")) {
      throw new IllegalArgumentException(
          "id and athlete cannot be changed; delete the activity and add another one.");
    }
    ObjectNode given = validated(fields);
    ObjectNode summary = Json.object(activity.json());
    overlay(given, summary);
    given.setAll(DerivedFields.of(summary, given, world.base()));
    if (!given.isEmpty()) {
      state.change(activity.id(), given);
    }
    setOnlyMe(activity.id(), fields);
  }

  /// Sets fields of an athlete, such as weight and ftp.
  public synchronized void changeAthlete(long athlete, ObjectNode fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("Give the fields to set, such as {\"weight\":70.5}.");
    }
    for (String field : READ_ONLY_FIELDS) {
      if (fields.has(field)) {
        throw new IllegalArgumentException(
            "%s of an athlete cannot be changed; PATCH /control/gear/{id} changes a piece of gear."
                .formatted(field));
      }
    }
    check(fields, "weight", fields.path("weight").isNumber(), "a number");
    check(fields, "ftp", fields.path("ftp").isInt(), "a whole number");
    state.changeAthlete(athlete, fields);
  }

  /// Sets the nickname of a bike or shoe, or whether it is retired.
  public synchronized void changeGear(String id, ObjectNode fields) {
    boolean valid =
        !fields.isEmpty()
            && fields.properties().stream().allMatch(field -> GEAR_FIELDS.contains(field.getKey()));
    if (!valid || fields.properties().stream().anyMatch(field -> field.getValue().isNull())) {
      throw new IllegalArgumentException(
          "Give nickname, retired or both, such as {\"retired\":true}; not " + fields + ".");
    }
    check(fields, "nickname", fields.path("nickname").isTextual(), "text");
    check(fields, "retired", fields.path("retired").isBoolean(), "true or false");
    state.changeGear(id, fields);
  }

  /// The fields without those that set the visibility of the activity; [#setOnlyMe] handles these.
  private static ObjectNode validated(ObjectNode fields) {
    check(fields, "private", fields.path("private").isBoolean(), "true or false");
    check(fields, "visibility", fields.path("visibility").isTextual(), "text");
    if (fields.has("start_date")) {
      ListedActivity.start(fields);
    }
    for (String field : WHOLE_NUMBER_FIELDS) {
      check(
          fields,
          field,
          fields.path(field).isInt() && fields.path(field).intValue() >= 0,
          "a whole number, 0 or more");
    }
    for (String field : NUMBER_FIELDS) {
      check(fields, field, fields.path(field).isNumber(), "a number");
    }
    check(fields, "name", fields.path("name").isTextual(), "text");
    check(fields, "sport_type", fields.path("sport_type").isTextual(), "text");
    JsonNode points = fields.path(Edits.STREAM_POINTS);
    check(
        fields,
        Edits.STREAM_POINTS,
        points.isInt() && points.intValue() >= 0 && points.intValue() <= MAX_STREAM_POINTS,
        "a whole number from 0 to " + MAX_STREAM_POINTS);
    check(fields, Edits.STREAM_NULLS, fields.path(Edits.STREAM_NULLS).isBoolean(), "true or false");
    ObjectNode given = fields.deepCopy();
    given.remove("private");
    if (given.path("visibility").asText().equals("only_me")) {
      given.remove("visibility");
    }
    return given;
  }

  private static void check(ObjectNode fields, String field, boolean valid, String expected) {
    if (fields.hasNonNull(field) && !valid) {
      throw new IllegalArgumentException(
          "%s must be %s, not %s.".formatted(field, expected, fields.get(field)));
    }
  }

  private static void overlay(ObjectNode fields, ObjectNode target) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      Edits.set(target, field.getKey(), field.getValue());
    }
  }

  /// Removes the fields that configure the streams and returns them.
  private static ObjectNode streamSettings(ObjectNode fields) {
    ObjectNode streamSettings = Json.object();
    for (String name : List.of(Edits.STREAM_POINTS, Edits.STREAM_NULLS)) {
      JsonNode value = fields.remove(name);
      if (value != null) {
        streamSettings.set(name, value);
      }
    }
    return streamSettings;
  }

  /// `private` and `only_me` mean the same; any other visibility shows the activity.
  private void setOnlyMe(long id, ObjectNode fields) {
    if (fields.path("private").asBoolean(false)
        || fields.path("visibility").asText().equals("only_me")) {
      state.hide(id);
    } else if (fields.has("private") || fields.has("visibility")) {
      state.show(id);
    }
  }

  private long givenId(ObjectNode fields) {
    JsonNode id = fields.get("id");
    if (!id.canConvertToLong() || !id.isIntegralNumber() || id.longValue() < 1) {
      throw new IllegalArgumentException("id must be a whole number above 0, not " + id + ".");
    }
    if (isTaken(id.longValue())) {
      throw new IllegalArgumentException(
          "Activity id " + id + " is or was in use; give another id, or none.");
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
    return state.edits().isDeleted(id) || world.find(id).isPresent();
  }
}
