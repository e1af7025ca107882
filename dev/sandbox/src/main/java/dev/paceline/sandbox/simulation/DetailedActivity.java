package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strava's DetailedActivity, derived from the summary so that it agrees with an edited summary.
final class DetailedActivity {
  private static final List<String> DESCRIPTIONS =
      List.of(
          "Great weather, bad legs.",
          "Thanks for the pull 🙏\nNext time slower.",
          "",
          "Shoes are done.",
          "w/ Kofi & Léa");
  private static final int POINTS_PER_SUMMARY_POINT = 4;

  private DetailedActivity() {}

  /// `gear` is the SummaryGear of the activity's `gear_id`; null if it has none.
  static ObjectNode of(ObjectNode summary, @Nullable ObjectNode gear) {
    ObjectNode detail = summary.deepCopy();
    Section whole = Section.whole(detail);
    SeededRandom random = SeededRandom.of(whole.activityId(), 'd');
    detail.put("resource_state", 3);
    detailMap(detail);
    detail.put("description", random.chance(0.3) ? random.pick(DESCRIPTIONS) : null);
    detail.put("calories", SummaryActivity.rounded(calories(detail, random), 1));
    if (random.chance(0.2)) {
      detail.put("perceived_exertion", random.between(1, 10));
    } else {
      detail.putNull("perceived_exertion");
    }
    detail.put("prefer_perceived_exertion", false);
    detail.put("private_note", random.chance(0.1) ? "Left calf again." : "");
    if (gear != null) {
      detail.set("gear", gear);
    }
    detail.set("photos", photos(detail));
    detail.put(
        "embed_token",
        HexFormat.of().toHexDigits(SeededRandom.mix(whole.activityId(), 'e'))
            + HexFormat.of().toHexDigits(SeededRandom.mix(whole.activityId(), 'f')));
    detail.put("segment_leaderboard_opt_out", false);
    detail.put("leaderboard_opt_out", false);
    detail.set("available_zones", zones(detail));
    if (whole.isMeasured()) {
      boolean run = detail.path("type").asText().equals("Run");
      if (run) {
        detail.set("splits_metric", Splits.of(whole, Splits.KILOMETRE));
        detail.set("splits_standard", Splits.of(whole, Splits.MILE));
      }
      detail.set("laps", Laps.of(whole, run ? Splits.KILOMETRE : 5 * Splits.KILOMETRE));
      if (run) {
        detail.set("best_efforts", Efforts.best(whole));
      }
    }
    detail.set("segment_efforts", Efforts.onSegments(whole, detail));
    return detail;
  }

  private static void detailMap(ObjectNode detail) {
    if (detail.path("map") instanceof ObjectNode map) {
      JsonNode line = map.path("summary_polyline");
      if (line.isTextual()) {
        map.put(
            "polyline",
            Polyline.encode(
                Course.refined(Polyline.decode(line.textValue()), POINTS_PER_SUMMARY_POINT)));
      }
      map.put("resource_state", 3);
    }
  }

  /// Estimated from energy where it was measured, otherwise from heart rate, otherwise from time.
  private static double calories(ObjectNode detail, SeededRandom random) {
    if (detail.path("kilojoules").isNumber()) {
      return detail.path("kilojoules").doubleValue() * 1.115;
    }
    double minutes = detail.path("moving_time").doubleValue() / 60;
    double beats = detail.path("average_heartrate").asDouble(115);
    return minutes * Math.max(2, (beats - 60) / 8) * random.between(0.92, 1.08);
  }

  private static ObjectNode photos(ObjectNode detail) {
    ObjectNode photos = Json.object();
    int count = Photos.count(detail);
    if (count == 0) {
      photos.putNull("primary");
    } else {
      ObjectNode primary = photos.putObject("primary");
      String name = Photos.name(detail, 0);
      primary.putNull("id").put("unique_id", name).put("source", 1).put("media_type", 1);
      primary.putObject("urls").put("100", Photos.url(name, 100)).put("600", Photos.url(name, 600));
    }
    return photos.put("use_primary_photo", count > 0).put("count", count);
  }

  private static ArrayNode zones(ObjectNode detail) {
    ArrayNode zones = Json.object().putArray("available_zones");
    if (detail.path("has_heartrate").booleanValue()) {
      zones.add("heartrate");
    }
    if (detail.path("device_watts").booleanValue()) {
      zones.add("power");
    }
    return zones;
  }
}
