package dev.paceline.sandbox.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One planned activity as it was carried out, with everything known about it. Units: metres,
/// seconds, metres a second, °C, beats and revolutions a minute, watts.
record Activity(
    long id,
    Athlete athlete,
    Plan plan,
    String name,
    Setting setting,
    @Nullable Device device,
    @Nullable String gearId,
    double distance,
    int moving,
    int elapsed,
    double climb,
    double topSpeed,
    @Nullable HeartRate heartRate,
    @Nullable Power power,
    @Nullable Double cadence,
    @Nullable Integer temperature,
    @Nullable Elevation elevation,
    List<Polyline.Point> track,
    Counters counters) {

  /// `MANUAL` means entered by hand: no device, no location, no measurements.
  enum Setting {
    OUTDOORS,
    INDOORS,
    MANUAL
  }

  record HeartRate(double average, double max, double sufferScore) {}

  /// `weighted` and `max` are set only where a power meter measured; otherwise Strava estimates the
  /// average.
  record Power(double average, double weighted, int max, double kilojoules, boolean measured) {}

  record Elevation(double low, double high) {}

  record Counters(
      int achievements, int records, int kudos, int comments, int athletes, int photos) {}

  double averageSpeed() {
    return moving == 0 ? 0 : distance / moving;
  }

  long startSecond() {
    return plan.start().toEpochSecond();
  }

  /// When the upload is finished: two to nine minutes after the end.
  long shownSecond() {
    return startSecond() + elapsed + 120 + Math.floorMod(SeededRandom.mix(id), 420L);
  }
}
