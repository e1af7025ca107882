package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A section of an activity, or all of it: the basis of splits, laps and efforts. Metres and
/// seconds are from the activity's start.
record Section(
    ObjectNode activity, double fromMetre, double metres, int fromSecond, int moving, int elapsed) {

  static Section whole(ObjectNode activity) {
    return new Section(
        activity,
        0,
        activity.path("distance").doubleValue(),
        0,
        activity.path("moving_time").intValue(),
        activity.path("elapsed_time").intValue());
  }

  /// An activity entered by hand, or without distance or time, cannot be divided.
  boolean isMeasured() {
    return !activity.path("manual").booleanValue() && metres > 0 && moving > 0 && elapsed > 0;
  }

  /// Consecutive sections of that length; the last one is the remainder. Their times add up to the
  /// whole.
  List<Section> divide(double length) {
    int count = (int) Math.min(1_000, Math.max(1, Math.ceil(metres / length - 0.02)));
    SeededRandom random = SeededRandom.of(activityId(), (long) length, 'c');
    double[] ends = new double[count];
    double total = 0;
    for (int i = 0; i < count; i++) {
      double sectionMetres = i == count - 1 ? metres - i * length : length;
      total += sectionMetres * random.between(0.93, 1.07);
      ends[i] = total;
    }
    List<Section> sections = new ArrayList<>(count);
    int movingBefore = 0;
    int elapsedBefore = 0;
    for (int i = 0; i < count; i++) {
      int movingEnd = (int) Math.rint(moving * ends[i] / total);
      int elapsedEnd = (int) Math.rint(elapsed * ends[i] / total);
      double sectionMetres = i == count - 1 ? metres - i * length : length;
      sections.add(
          new Section(
              activity,
              i * length,
              sectionMetres,
              elapsedBefore,
              movingEnd - movingBefore,
              elapsedEnd - elapsedBefore));
      movingBefore = movingEnd;
      elapsedBefore = elapsedEnd;
    }
    return sections;
  }

  /// A section at this position that was a little faster than the whole.
  Section section(double from, double length, double faster) {
    int seconds = (int) Math.max(1, Math.rint(moving * length / metres / faster));
    return new Section(activity, from, length, (int) (elapsed * from / metres), seconds, seconds);
  }

  double speed() {
    return moving == 0 ? 0 : SummaryActivity.rounded(metres / moving, 3);
  }

  long activityId() {
    return activity.path("id").longValue();
  }

  OptionalDouble measure(String field) {
    JsonNode value = activity.path(field);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  /// The fields that laps and efforts share.
  ObjectNode json(long id, String name) {
    ObjectNode json = Json.object();
    json.put("id", id).put("resource_state", 2).put("name", name);
    json.putObject("activity").put("id", activityId()).put("resource_state", 1);
    json.putObject("athlete")
        .put("id", activity.path("athlete").path("id").longValue())
        .put("resource_state", 1);
    json.put("elapsed_time", elapsed).put("moving_time", moving);
    Instant start = Instant.parse(activity.path("start_date").asText()).plusSeconds(fromSecond);
    int offset = (int) activity.path("utc_offset").doubleValue();
    json.put("start_date", SummaryActivity.utc(start));
    json.put(
        "start_date_local",
        SummaryActivity.local(LocalDateTime.ofInstant(start, ZoneOffset.UTC).plusSeconds(offset)));
    json.put("distance", SummaryActivity.rounded(metres, 1));
    json.put("start_index", fromSecond).put("end_index", fromSecond + elapsed);
    return json;
  }

  /// Adds the measures of the whole activity, as far as it has them.
  void putMeasures(ObjectNode json) {
    measure("average_cadence").ifPresent(value -> json.put("average_cadence", value));
    json.put("device_watts", activity.path("device_watts").booleanValue());
    measure("average_watts").ifPresent(value -> json.put("average_watts", value));
    measure("average_heartrate").ifPresent(value -> json.put("average_heartrate", value));
    measure("max_heartrate").ifPresent(value -> json.put("max_heartrate", value));
  }
}
