package dev.paceline.sandbox.simulation;

/// The purpose of an activity. It determines intensity, length and Strava's `workout_type`.
enum Intent {
  EASY(1.0, 0.62),
  LONG(0.96, 0.66),
  WORKOUT(1.1, 0.74),
  RACE(1.22, 0.86),
  COMMUTE(0.92, 0.55);

  /// Relative to the easy speed.
  final double pace;

  /// Share of the range between the resting and the maximum heart rate.
  final double effort;

  Intent(double pace, double effort) {
    this.pace = pace;
    this.effort = effort;
  }
}
