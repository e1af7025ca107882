package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where a test writes: checks what it wants, so that no edit makes a record that Strava could not
/// have. Complaints are [IllegalArgumentException]s.
public final class EditService {
  private static final Duration BEFORE_NOW = Duration.ofHours(2);
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

  /// Adds an activity: the given fields over an invented one that starts at their `start_date`, or
  /// two hours ago. Answers its record.
  public synchronized byte[] add(long athlete, ObjectNode fields) {
    if (fields.has("athlete")) {
      throw new IllegalArgumentException("athlete is the one that the path names; leave it out.");
    }
    ObjectNode given = checked(fields);
    Instant now = state.clock().now();
    Instant start = given.has("start_date") ? ListedActivity.start(given) : now.minus(BEFORE_NOW);
    if (start.isAfter(now)) {
      throw new IllegalArgumentException(
          "start_date %s is later than the sandbox's clock, %s.".formatted(start, now));
    }
    long id = given.has("id") ? givenId(given) : freeId(now);
    ObjectNode activity =
        world.base().invented(athlete, start, given.path("sport_type").asText("Run"), id);
    ObjectNode directives = directives(given);
    overlay(given, activity);
    activity.put("id", id);
    if (!given.has("elapsed_time") && given.has("moving_time")) {
      activity.set("elapsed_time", activity.get("moving_time"));
    }
    overlay(DerivedFields.following(activity, given, world.base()), activity);
    state.add(activity);
    if (!directives.isEmpty()) {
      state.change(id, directives);
    }
    setOnlyMe(id, fields);
    return world.find(id).orElseThrow().json();
  }

  /// An upload during a run: it starts a second after the newest one, and so is listed first.
  public synchronized void upload(long athlete) {
    Instant now = state.clock().now();
    long newest =
        world.view(athlete, true).all().stream()
            .findFirst()
            .map(activity -> activity.startSecond() + 1)
            .orElse(now.minus(BEFORE_NOW).getEpochSecond());
    long start = Math.min(newest, now.getEpochSecond());
    ObjectNode fields = Json.object().put("start_date", Instant.ofEpochSecond(start).toString());
    add(
        athlete,
        fields.put("moving_time", Math.clamp((now.getEpochSecond() - start) / 2, 1, 3600)));
  }

  /// Sets fields of an activity; null takes one away, and what depends on them follows.
  public synchronized void change(ListedActivity activity, ObjectNode fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "Give the fields to set, such as {\"name\":\"Evening run\"}.");
    }
    if (fields.has("id") || fields.has("athlete")) {
      throw new IllegalArgumentException(
          "id and athlete stay what they are; delete the activity and add another one.");
    }
    ObjectNode given = checked(fields);
    ObjectNode summary = Json.object(activity.json());
    overlay(given, summary);
    given.setAll(DerivedFields.following(summary, given, world.base()));
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
            "%s of an athlete stays what it is; PATCH /control/gear/{id} changes a piece of gear."
                .formatted(field));
      }
    }
    check(fields, "weight", fields.path("weight").isNumber(), "a number");
    check(fields, "ftp", fields.path("ftp").isInt(), "a whole number");
    state.changeAthlete(athlete, fields);
  }

  /// Sets the nickname of a bike or shoe, or whether it is retired.
  public synchronized void changeGear(String id, ObjectNode fields) {
    boolean known =
        !fields.isEmpty()
            && fields.properties().stream().allMatch(field -> GEAR_FIELDS.contains(field.getKey()));
    if (!known || fields.properties().stream().anyMatch(field -> field.getValue().isNull())) {
      throw new IllegalArgumentException(
          "Give nickname, retired or both, such as {\"retired\":true}; not " + fields + ".");
    }
    check(fields, "nickname", fields.path("nickname").isTextual(), "text");
    check(fields, "retired", fields.path("retired").isBoolean(), "true or false");
    state.changeGear(id, fields);
  }

  /// The fields without those that say who may see the activity; [#setOnlyMe] knows these.
  private static ObjectNode checked(ObjectNode fields) {
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

  private static void check(ObjectNode fields, String field, boolean right, String expected) {
    if (fields.hasNonNull(field) && !right) {
      throw new IllegalArgumentException(
          "%s must be %s, not %s.".formatted(field, expected, fields.get(field)));
    }
  }

  private static void overlay(ObjectNode fields, ObjectNode over) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      Edits.set(over, field.getKey(), field.getValue());
    }
  }

  /// Takes what steers the streams out of the fields.
  private static ObjectNode directives(ObjectNode fields) {
    ObjectNode directives = Json.object();
    for (String name : List.of(Edits.STREAM_POINTS, Edits.STREAM_NULLS)) {
      JsonNode value = fields.remove(name);
      if (value != null) {
        directives.set(name, value);
      }
    }
    return directives;
  }

  /// Private and only_me are one thing with two names; the others show the activity.
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
    return state.edits().isDeleted(id) || world.find(id).isPresent();
  }
}
