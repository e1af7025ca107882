package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;

/// The part of Strava's SummarySegment that starred segments and the segments of efforts share.
final class SummarySegment {
  private SummarySegment() {}

  static long id(long... purpose) {
    return 1_000_000 + Math.floorMod(SeededRandom.mix(purpose), 38_000_000L);
  }

  /// `grade` is in percent, `low` the altitude at the start.
  static ObjectNode of(
      long id, String name, String activityType, double metres, double grade, double low) {
    ObjectNode segment = Json.object();
    segment
        .put("id", id)
        .put("resource_state", 2)
        .put("name", name)
        .put("activity_type", activityType);
    segment.put("distance", SummaryActivity.rounded(metres, 1)).put("average_grade", grade);
    segment.put("maximum_grade", SummaryActivity.rounded(grade * 2 + 1, 1));
    segment
        .put("elevation_high", SummaryActivity.rounded(low + metres * grade / 100, 1))
        .put("elevation_low", low);
    return segment;
  }
}
