package dev.paceline.sandbox.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The sports that are lived here, with what tells them apart. Names are Strava's `sport_type`.
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

  /// Sports that nobody lives here, but a test may name, whose older name is another one.
  private static final Map<String, String> OLDER_TYPES =
      Map.of(
          "MountainBikeRide", "Ride",
          "EMountainBikeRide", "EBikeRide",
          "VirtualRow", "Rowing",
          "HighIntensityIntervalTraining", "Workout",
          "Pilates", "Workout",
          "Tennis", "Workout",
          "Pickleball", "Workout");

  /// What a sport wears out.
  enum GearKind {
    SHOES,
    BIKE,
    NONE
  }

  final String sportType;

  /// The older, coarser name that Strava still sends along.
  final String type;

  final GearKind gearKind;

  /// Metres a second of an average athlete on an easy day; 0 where nobody moves on.
  final double easySpeed;

  /// Metres of climb a kilometre, where the ground is as it usually is.
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

  /// Strava's older name of any `sport_type`; one that is new to us is its own.
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

  /// Never leaves a line on a map of the city: a pool, a mat, a gym.
  boolean isAlwaysIndoors() {
    return isStationary() || this == SWIM;
  }
}
