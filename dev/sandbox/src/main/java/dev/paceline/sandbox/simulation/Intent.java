package dev.paceline.sandbox.simulation;

/// What a training is for; it sets how hard and how long it is, and Strava's `workout_type`.
enum Intent {
  EASY(1.0, 0.62),
  LONG(0.96, 0.66),
  WORKOUT(1.1, 0.74),
  RACE(1.22, 0.86),
  COMMUTE(0.92, 0.55);

  /// Of the easy speed.
  final double pace;

  /// Share of the span between the resting and the highest heart rate.
  final double effort;

  Intent(double pace, double effort) {
    this.pace = pace;
    this.effort = effort;
  }
}
