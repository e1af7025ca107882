package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The segments an athlete has starred: a handful near home, one of them private.
final class StarredSegments {
  private static final List<String> NAMES =
      List.of("Canal towpath", "Wall of the park", "Two bridges", "My own hill", "Tempo mile");
  private static final int PRIVATE = 3;

  private StarredSegments() {}

  static List<ObjectNode> of(Athlete athlete) {
    List<ObjectNode> segments = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      segments.add(segment(athlete, i));
    }
    return segments;
  }

  /// Strava's SummarySegment.
  private static ObjectNode segment(Athlete athlete, int number) {
    SeededRandom random = SeededRandom.of(athlete.seed(), number, 'S');
    City city = athlete.city();
    double metres = SummaryActivity.rounded(random.between(400.0, 4_000.0), 1);
    double grade = SummaryActivity.rounded(random.between(0.0, 6.0), 1);
    double low = SummaryActivity.rounded(city.altitude + random.between(0.0, 20.0), 1);
    double north = random.between(-0.02, 0.02);
    double east = random.between(-0.02, 0.02);
    ObjectNode segment =
        SummarySegment.of(
            SummarySegment.id(athlete.seed(), number, 'S'),
            NAMES.get(number),
            athlete.routine() == WeeklyRoutine.CYCLIST ? "Ride" : "Run",
            metres,
            grade,
            low);
    point(segment, "start_latlng", city.latitude + north, city.longitude + east);
    double end = city.latitude + north + metres * 0.9 / Course.METRES_PER_DEGREE;
    point(segment, "end_latlng", end, city.longitude + east);
    segment.put("climb_category", grade > 4 ? 1 : 0);
    segment.put("city", city.label).put("state", city.state).put("country", city.country);
    segment.put("private", number == PRIVATE).put("hazardous", false).put("starred", true);
    segment.put("pr_time", (int) (metres / random.between(2.8, 9.0)));
    segment.put("starred_date", "2021-0" + (number + 1) + "-12T18:30:00Z");
    return segment;
  }

  private static void point(ObjectNode segment, String field, double latitude, double longitude) {
    segment
        .putArray(field)
        .add(SummaryActivity.rounded(latitude, 5))
        .add(SummaryActivity.rounded(longitude, 5));
  }
}
