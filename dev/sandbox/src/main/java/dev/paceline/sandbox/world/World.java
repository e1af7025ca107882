package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The source of athletes and their activities, simulated or recorded. Edits are applied on top and
/// do not change it.
public interface World {
  /// The ids of all athletes, in a stable order.
  List<Long> athletes();

  /// All activities that are visible by `now`, and possibly some that become visible later.
  List<ListedActivity> activities(long athlete, Instant now);

  /// The DetailedAthlete. `metresByGear` is the distance per piece of gear over all of the
  /// athlete's activities.
  ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear);

  /// The Zones of this DetailedAthlete.
  ObjectNode zones(ObjectNode athlete);

  /// The DetailedGear of anything the athlete owns or has owned, or that an activity refers to.
  Optional<ObjectNode> gear(long athlete, String id, Instant now, Map<String, Double> metresByGear);

  /// SummarySegments, including private ones.
  List<ObjectNode> starredSegments(long athlete);

  /// Routes, including private ones.
  List<ObjectNode> routes(long athlete);

  /// The DetailedActivity for this summary.
  ObjectNode detail(ObjectNode summary, Instant now, Map<String, Double> metresByGear);

  /// The streams for this summary, of `points` points if given; empty if no device recorded the
  /// activity.
  Optional<Streams> streams(ObjectNode summary, OptionalInt points, boolean nulls);

  /// Strava's older `type` for a `sport_type`.
  String type(String sportType);

  /// A plausible summary of an activity that starts then, as a base for a test's fields.
  ObjectNode generated(long athlete, Instant start, String sportType, long id);
}
