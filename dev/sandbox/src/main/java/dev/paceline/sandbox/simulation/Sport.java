package dev.paceline.sandbox.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The simulated sports and their properties. Names are Strava's `sport_type`.
enum Sport {
  RUN("Run", "Run", GearKind.SHOES, 2.95, 8),
  TRAIL_RUN("TrailRun", "Run", GearKind.SHOES, 2.4, 28),
  RIDE("Ride", "Ride", GearKind.BIKE, 7.4, 9),
  GRAVEL_RIDE("GravelRide", "Ride", GearKind.BIKE, 6.2, 12),
  VIRTUAL_RIDE("VirtualRide", "VirtualRide", GearKind.BIKE, 8.3, 10),
  SWIM("Swim", "Swim", GearKind.NONE, 0.78, 0),
  WALK("Walk", "Walk", GearKind.SHOES, 1.45, 6),
  HIKE("Hike", "Hike", GearKind.NONE, 1.15, 45),
  WEIGHT_TRAINING("WeightTraining", "WeightTraining", GearKind.NONE, 0, 0),
  YOGA("Yoga", "Yoga", GearKind.NONE, 0, 0);

  /// Older names, where they differ, of sports that are not simulated but that a test may use.
  private static final Map<String, String> OLDER_TYPES =
      Map.of(
          "MountainBikeRide", "Ride",
          "EMountainBikeRide", "EBikeRide",
          "VirtualRow", "Rowing",
          "HighIntensityIntervalTraining", "Workout",
          "Pilates", "Workout",
          "Tennis", "Workout",
          "Pickleball", "Workout");

  /// The kind of gear that a sport uses.
  enum GearKind {
    SHOES,
    BIKE,
    NONE
  }

  final String sportType;

  /// The older, coarser name that Strava still sends as well.
  final String type;

  final GearKind gearKind;

  /// Metres a second of an average athlete on an easy day; 0 for sports without distance.
  final double easySpeed;

  /// Metres of climb per kilometre on typical terrain.
  final double climb;

  Sport(String sportType, String type, GearKind gearKind, double easySpeed, double climb) {
    this.sportType = sportType;
    this.type = type;
    this.gearKind = gearKind;
    this.easySpeed = easySpeed;
    this.climb = climb;
  }

  static Optional<Sport> named(String sportType) {
    return Arrays.stream(values()).filter(sport -> sport.sportType.equals(sportType)).findFirst();
  }

  /// Strava's older name for any `sport_type`; an unknown one is its own older name.
  static String type(String sportType) {
    return named(sportType)
        .map(sport -> sport.type)
        .orElse(OLDER_TYPES.getOrDefault(sportType, sportType));
  }

  boolean isRun() {
    return this == RUN || this == TRAIL_RUN;
  }

  boolean isRide() {
    return gearKind == GearKind.BIKE;
  }

  boolean isStationary() {
    return easySpeed == 0;
  }

  /// Never has a route on a map: a pool, a mat, a gym.
  boolean isAlwaysIndoors() {
    return isStationary() || this == SWIM;
  }
}
