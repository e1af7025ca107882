package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.Streams.Resolution;
import java.util.ArrayList;
import java.util.List;

/// Strava's ActivityZones: how long an activity was in each of its athlete's zones, counted from
/// its streams. One for heart rate and one for power, if there are both zones and measurements.
final class ActivityZones {
  private ActivityZones() {}

  static List<ObjectNode> of(ListedActivity activity, VisibleData data) {
    List<ObjectNode> all = new ArrayList<>();
    Streams streams = data.streams(activity).orElse(null);
    if (streams == null) {
      return all;
    }
    ObjectNode ofAthlete = data.zonesOfActivities();
    ObjectNode summary = activity.record();
    JsonNode heartRate = ofAthlete.path("heart_rate");
    if (summary.path("has_heartrate").booleanValue() && heartRate.has("zones")) {
      ObjectNode zone = zone("heartrate", buckets(heartRate, streams, "heartrate"));
      zone.put("points", 0);
      zone.set("custom_zones", heartRate.path("custom_zones"));
      if (summary.path("suffer_score").isNumber()) {
        zone.set("score", summary.path("suffer_score"));
      }
      all.add(zone);
    }
    JsonNode power = ofAthlete.path("power");
    if (summary.path("device_watts").booleanValue() && power.has("zones")) {
      all.add(zone("power", buckets(power, streams, "watts")));
    }
    return all;
  }

  private static ObjectNode zone(String type, ArrayNode buckets) {
    ObjectNode zone = Json.object().put("type", type).put("resource_state", 3);
    zone.put("sensor_based", true).set("distribution_buckets", buckets);
    return zone;
  }

  /// The athlete's zones with the seconds in each. A point lasts until the next one, and counts for
  /// the highest zone that it reaches.
  private static ArrayNode buckets(JsonNode ofAthlete, Streams streams, String measure) {
    ArrayNode buckets = Json.object().arrayNode();
    ofAthlete.path("zones").forEach(zone -> buckets.add(zone.deepCopy()));
    int[] seconds = new int[buckets.size()];
    ObjectNode columns = Json.object(streams.byType(List.of("time", measure), Resolution.ALL));
    JsonNode times = columns.path("time").path("data");
    JsonNode values = columns.path(measure).path("data");
    for (int i = 0; i + 1 < values.size(); i++) {
      if (values.get(i).isNumber()) {
        int zone = buckets.size() - 1;
        while (zone > 0 && values.get(i).doubleValue() < min(buckets, zone)) {
          zone--;
        }
        seconds[zone] += times.get(i + 1).intValue() - times.get(i).intValue();
      }
    }
    for (int zone = 0; zone < seconds.length; zone++) {
      ((ObjectNode) buckets.get(zone)).put("time", seconds[zone]);
    }
    return buckets;
  }

  private static double min(ArrayNode buckets, int zone) {
    return buckets.get(zone).path("min").doubleValue();
  }
}
