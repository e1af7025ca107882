package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;

/// The best efforts of a run over the usual distances, and the efforts on the segments along the
/// route.
final class Efforts {
  private record Mark(String name, double metres) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("400m", 400),
          new Mark("1/2 mile", 804.672),
          new Mark("1K", 1000),
          new Mark("1 mile", 1609.344),
          new Mark("2 mile", 3218.688),
          new Mark("5K", 5000),
          new Mark("10K", 10_000),
          new Mark("15K", 15_000),
          new Mark("10 mile", 16_093.44),
          new Mark("20K", 20_000),
          new Mark("Half-Marathon", 21_097.5),
          new Mark("30K", 30_000),
          new Mark("Marathon", 42_195));
  private static final List<String> SEGMENTS =
      List.of(
          "Park gate to gate",
          "The long drag",
          "Sprint to the fountain",
          "Lake loop ½",
          "Bridge → tower",
          "KOM? Not today");

  private Efforts() {}

  static ArrayNode best(Section whole) {
    ArrayNode efforts = Json.object().putArray("best_efforts");
    SeededRandom random = SeededRandom.of(whole.activityId(), 'b');
    long id = whole.activityId() * 4 + 1;
    double faster = 1.12;
    for (Mark mark : MARKS) {
      if (mark.metres() > whole.metres()) {
        break;
      }
      double room = whole.metres() - mark.metres();
      efforts.add(
          withRank(
              whole
                  .section(room * random.nextDouble(), mark.metres(), faster)
                  .json(id++, mark.name()),
              random.chance(0.03)));
      faster = 1 + (faster - 1) * 0.85;
    }
    return efforts;
  }

  /// One effort for each achievement, and one that Strava hides unless `include_all_efforts` is
  /// set.
  static ArrayNode onSegments(Section whole, ObjectNode activity) {
    ArrayNode efforts = Json.object().putArray("segment_efforts");
    JsonNode start = activity.path("start_latlng");
    int achievements = Math.min(SEGMENTS.size() - 1, activity.path("achievement_count").intValue());
    if (!whole.isMeasured() || start.size() != 2 || achievements == 0) {
      return efforts;
    }
    SeededRandom random = SeededRandom.of(whole.activityId(), 'g');
    long id = whole.activityId() * 200;
    for (int i = 0; i <= achievements; i++) {
      double metres = Math.min(whole.metres() / 2, random.between(300.0, 2500.0));
      Section section =
          whole.section(
              (whole.metres() - metres) * random.nextDouble(), metres, random.between(1.0, 1.2));
      ObjectNode effort = withRank(section.json(id + i, SEGMENTS.get(i)), i == 0);
      section.putMeasures(effort);
      effort.set("segment", segment(activity, i, metres));
      effort.put("hidden", i == achievements);
      efforts.add(effort);
    }
    return efforts;
  }

  private static ObjectNode withRank(ObjectNode effort, boolean record) {
    effort.putNull("kom_rank");
    if (record) {
      effort.put("pr_rank", 1);
      effort
          .putArray("achievements")
          .addObject()
          .put("type_id", 3)
          .put("type", "pr")
          .put("rank", 1);
    } else {
      effort.putNull("pr_rank");
      effort.putArray("achievements");
    }
    return effort;
  }

  private static ObjectNode segment(ObjectNode activity, int number, double metres) {
    String sport = activity.path("type").asText();
    String zone = activity.path("timezone").asText();
    long id = SummarySegment.id(number, sport.hashCode(), zone.hashCode());
    SeededRandom random = SeededRandom.of(id);
    double low = activity.path("elev_low").asDouble(10);
    double grade = SummaryActivity.rounded(random.between(0.0, 4.0), 1);
    ObjectNode segment = SummarySegment.of(id, SEGMENTS.get(number), sport, metres, grade, low);
    segment.set("start_latlng", activity.path("start_latlng"));
    segment.set("end_latlng", activity.path("end_latlng"));
    segment.put("climb_category", 0).putNull("city").putNull("state");
    segment.put("country", activity.path("location_country").asText(""));
    segment.put("private", false).put("hazardous", false).put("starred", false);
    return segment;
  }
}
