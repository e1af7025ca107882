package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Where athletes and their activities come from: invented, or recorded. Unmoved by edits, which
/// are laid over it.
public interface World {
  /// The ids of all athletes, in a lasting order.
  List<Long> athletes();

  /// At least all activities that are shown by `now`; some of them may be shown only later.
  List<ListedActivity> activities(long athlete, Instant now);

  /// The DetailedAthlete. `metresByGear` is what the athlete's activities add up to.
  ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear);

  /// The Zones of this DetailedAthlete.
  ObjectNode zones(ObjectNode athlete);

  /// The DetailedGear: of what the athlete owns or owned, and of whatever the activities show.
  Optional<ObjectNode> gear(long athlete, String id, Instant now, Map<String, Double> metresByGear);

  /// SummarySegments, private ones among them.
  List<ObjectNode> starredSegments(long athlete);

  /// Routes, private ones among them.
  List<ObjectNode> routes(long athlete);

  /// The DetailedActivity of this summary.
  ObjectNode detail(ObjectNode summary, Instant now, Map<String, Double> metresByGear);

  /// The streams of this summary, of so many points where that is given; nothing where no device
  /// recorded it.
  Optional<Streams> streams(ObjectNode summary, OptionalInt points, boolean nulls);

  /// Strava's older `type` of a `sport_type`.
  String type(String sportType);

  /// A plausible summary of an activity that starts then, for a test to be laid over.
  ObjectNode invented(long athlete, Instant start, String sportType, long id);
}
