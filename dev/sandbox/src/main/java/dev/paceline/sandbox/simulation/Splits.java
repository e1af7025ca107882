package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;

/// The splits of a run, by kilometre (`splits_metric`) and by mile (`splits_standard`).
final class Splits {
  static final double KILOMETRE = 1000;
  static final double MILE = 1609.344;

  private Splits() {}

  static ArrayNode of(Section whole, double length) {
    ArrayNode splits = Json.object().putArray("splits");
    SeededRandom random = SeededRandom.of(whole.activityId(), (long) length, 'e');
    List<Section> sections = whole.divide(length);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      ObjectNode split = splits.addObject();
      split.put("distance", SummaryActivity.rounded(section.metres(), 1));
      split.put("elapsed_time", section.elapsed());
      split.put("elevation_difference", SummaryActivity.rounded(random.gaussian(0, 4), 1));
      split.put("moving_time", section.moving());
      split.put("split", i + 1);
      split.put("average_speed", section.speed());
      split.put(
          "average_grade_adjusted_speed",
          SummaryActivity.rounded(section.speed() * random.between(0.98, 1.04), 3));
      double beats = random.gaussian(0, 3);
      section
          .measure("average_heartrate")
          .ifPresent(
              value -> split.put("average_heartrate", SummaryActivity.rounded(value + beats, 1)));
      split.put("pace_zone", random.between(1, 4));
    }
    return splits;
  }
}
