package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.Map;

/// Gear in Strava's JSON: the SummaryGear of athletes and activities, and the DetailedGear.
public final class GearRecord {
  private GearRecord() {}

  static ObjectNode summary(
      Gear gear, boolean primary, boolean retired, Map<String, Double> metresByGear) {
    double metres = metres(gear, metresByGear);
    ObjectNode json = Json.object();
    json.put("id", gear.id())
        .put("primary", primary)
        .put("name", gear.name())
        .put("nickname", gear.nickname());
    json.put("resource_state", 2).put("retired", retired).put("distance", (long) metres);
    return json.put("converted_distance", SummaryActivity.rounded(metres / 1000, 1));
  }

  static ObjectNode detailed(Gear gear, boolean retired, Map<String, Double> metresByGear) {
    SeededRandom random = SeededRandom.of(gear.id().hashCode(), 'g');
    ObjectNode json = summary(gear, false, retired, metresByGear);
    json.put("resource_state", 3);
    json.put("brand_name", gear.brand()).put("model_name", gear.model()).put("description", "");
    if (gear.isBike()) {
      json.put("frame_type", random.between(1, 5));
      json.put("weight", SummaryActivity.rounded(random.between(6.8, 11.5), 1));
    } else {
      json.put("notification_distance", 800_000);
    }
    return json;
  }

  /// The DetailedGear of gear known only by its id, as in recordings.
  public static ObjectNode detailed(String id, Map<String, Double> metresByGear) {
    return detailed(Gear.unknown(id), false, metresByGear);
  }

  private static double metres(Gear gear, Map<String, Double> metresByGear) {
    return SummaryActivity.rounded(gear.metres() + metresByGear.getOrDefault(gear.id(), 0.0), 0);
  }
}
