package dev.paceline.sandbox.life;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;

/// The splits of a run, by kilometre (`splits_metric`) and mile (`splits_standard`).
final class Splits {
  static final double KILOMETRE = 1000;
  static final double MILE = 1609.344;

  private Splits() {}

  static ArrayNode of(Stretch whole, double length) {
    ArrayNode splits = Json.object().putArray("splits");
    Dice dice = Dice.of(whole.activityId(), (long) length, 'e');
    List<Stretch> pieces = whole.cutEvery(length);
    for (int i = 0; i < pieces.size(); i++) {
      Stretch piece = pieces.get(i);
      ObjectNode split = splits.addObject();
      split.put("distance", SummaryActivity.rounded(piece.metres(), 1));
      split.put("elapsed_time", piece.elapsed());
      split.put("elevation_difference", SummaryActivity.rounded(dice.around(0, 4), 1));
      split.put("moving_time", piece.moving());
      split.put("split", i + 1);
      split.put("average_speed", piece.speed());
      split.put(
          "average_grade_adjusted_speed",
          SummaryActivity.rounded(piece.speed() * dice.between(0.98, 1.04), 3));
      double beats = dice.around(0, 3);
      piece
          .measure("average_heartrate")
          .ifPresent(
              value -> split.put("average_heartrate", SummaryActivity.rounded(value + beats, 1)));
      split.put("pace_zone", dice.between(1, 4));
    }
    return splits;
  }
}
