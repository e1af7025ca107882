package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Strava's ActivityStats: totals of the activities that everyone can see.
final class AthleteStats {
  private static final Duration RECENT = Duration.ofDays(28);
  private static final List<String> SPORTS = List.of("Ride", "Run", "Swim");

  private AthleteStats() {}

  static ObjectNode of(View view, Instant now) {
    List<ObjectNode> visible =
        view.all().stream()
            .map(activity -> Json.object(activity.json()))
            .filter(activity -> activity.path("visibility").asText().equals("everyone"))
            .toList();
    String year = Integer.toString(now.atZone(ZoneOffset.UTC).getYear());
    Instant recently = now.minus(RECENT);
    ObjectNode stats = Json.object();
    biggest(stats, "biggest_ride_distance", visible, "distance");
    biggest(stats, "biggest_climb_elevation_gain", visible, "total_elevation_gain");
    for (String sport : SPORTS) {
      String name = sport.toLowerCase(Locale.ROOT);
      List<ObjectNode> all = visible.stream().filter(isOf(sport)).toList();
      List<ObjectNode> recent =
          all.stream()
              .filter(activity -> ListedActivity.start(activity).isAfter(recently))
              .toList();
      List<ObjectNode> thisYear =
          all.stream()
              .filter(activity -> activity.path("start_date_local").asText().startsWith(year))
              .toList();
      stats.set(
          "recent_" + name + "_totals",
          totals(recent).put("achievement_count", (long) sum(recent, "achievement_count")));
      stats.set("ytd_" + name + "_totals", totals(thisYear));
      stats.set("all_" + name + "_totals", totals(all));
    }
    return stats;
  }

  /// Also matches virtual rides and runs.
  private static Predicate<ObjectNode> isOf(String sport) {
    return activity -> activity.path("type").asText().endsWith(sport);
  }

  private static void biggest(
      ObjectNode stats, String name, List<ObjectNode> activities, String field) {
    activities.stream()
        .filter(isOf("Ride"))
        .mapToDouble(activity -> activity.path(field).doubleValue())
        .max()
        .ifPresentOrElse(max -> stats.put(name, max), () -> stats.putNull(name));
  }

  private static ObjectNode totals(List<ObjectNode> activities) {
    return Json.object()
        .put("count", activities.size())
        .put("distance", Math.round(sum(activities, "distance")))
        .put("moving_time", (long) sum(activities, "moving_time"))
        .put("elapsed_time", (long) sum(activities, "elapsed_time"))
        .put("elevation_gain", rounded(sum(activities, "total_elevation_gain")));
  }

  private static double sum(List<ObjectNode> activities, String field) {
    return activities.stream().mapToDouble(activity -> activity.path(field).doubleValue()).sum();
  }

  private static double rounded(double value) {
    return Math.rint(value * 10) / 10;
  }
}
