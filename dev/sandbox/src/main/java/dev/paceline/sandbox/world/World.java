package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where athletes and their activities come from: invented, or recorded. Unmoved by edits, which
/// are laid over it.
public interface World {
  /// The ids of all athletes, in a lasting order.
  List<Long> athletes();

  /// At least all activities that are shown by `now`; some of them may be shown only later.
  List<ListedActivity> activities(long athlete, Instant now);

  /// The DetailedAthlete. `metresByGear` is what the visible activities add up to.
  ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear);

  /// The DetailedActivity of this summary.
  ObjectNode detail(ObjectNode summary, Map<String, Double> metresByGear);

  /// A plausible summary of an activity that starts then, for a test to be laid over.
  ObjectNode invented(long athlete, Instant start, String sportType, long id);
}
