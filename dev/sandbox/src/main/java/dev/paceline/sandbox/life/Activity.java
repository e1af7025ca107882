package dev.paceline.sandbox.life;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a plan: all that is known of one activity. Metres, seconds, metres a second, °C,
/// beats and turns a minute, watts.
record Activity(
    long id,
    Athlete athlete,
    Plan plan,
    String name,
    Ground ground,
    @Nullable Device device,
    @Nullable String gearId,
    double distance,
    int moving,
    int elapsed,
    double climb,
    double topSpeed,
    @Nullable Heart heart,
    @Nullable Power power,
    @Nullable Double cadence,
    @Nullable Integer temperature,
    @Nullable Elevation elevation,
    List<Polyline.Point> way,
    Applause applause) {

  /// `MANUAL` was typed in afterwards: no device, no place, no measures.
  enum Ground {
    OUTDOORS,
    INDOORS,
    MANUAL
  }

  record Heart(double average, double highest, double suffering) {}

  /// `weighted` and `highest` only where a meter measured; otherwise Strava estimates the average.
  record Power(double average, double weighted, int highest, double kilojoules, boolean measured) {}

  record Elevation(double low, double high) {}

  record Applause(
      int achievements, int records, int kudos, int comments, int athletes, int photos) {}

  double averageSpeed() {
    return moving == 0 ? 0 : distance / moving;
  }

  long startSecond() {
    return plan.start().toEpochSecond();
  }

  /// When the upload is through: two to nine minutes after the end.
  long shownSecond() {
    return startSecond() + elapsed + 120 + Math.floorMod(Dice.mix(id), 420L);
  }
}
