package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;

/// The laps of an activity, as a watch records them automatically every few kilometres.
final class Laps {
  private Laps() {}

  static ArrayNode of(Section whole, double length) {
    ArrayNode laps = Json.object().putArray("laps");
    SeededRandom random = SeededRandom.of(whole.activityId(), 'l');
    double climb = whole.measure("total_elevation_gain").orElse(0);
    List<Section> sections = whole.divide(length);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      ObjectNode lap = section.json(whole.activityId() * 4 + i, "Lap " + (i + 1));
      lap.put("average_speed", section.speed());
      lap.put("max_speed", SummaryActivity.rounded(section.speed() * random.between(1.1, 1.5), 3));
      lap.put("lap_index", i + 1).put("split", i + 1);
      lap.put(
          "total_elevation_gain",
          SummaryActivity.rounded(climb * section.metres() / whole.metres(), 1));
      section.putMeasures(lap);
      lap.put("pace_zone", random.between(1, 4));
      laps.add(lap);
    }
    return laps;
  }
}
