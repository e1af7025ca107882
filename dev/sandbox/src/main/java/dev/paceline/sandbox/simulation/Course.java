package dev.paceline.sandbox.simulation;

import java.util.ArrayList;
import java.util.List;

/// The route of an activity: an irregular loop through or around a city's park, as long as the
/// distance; long ones go round several times.
final class Course {
  static final double METRES_PER_DEGREE = 111_320;
  private static final double LONGEST_LOOP_M = 42_000;
  private static final int MAX_SUMMARY_POINTS = 120;

  private Course() {}

  /// The route as a summary shows it: enough points for a small map.
  static List<Polyline.Point> through(City city, double metres, SeededRandom random) {
    int rounds = Math.max(1, (int) Math.ceil(metres / LONGEST_LOOP_M));
    double radius = metres / rounds / (2 * StrictMath.PI) * 0.93;
    double heading = random.between(0.0, 2 * StrictMath.PI);
    double offset = Math.min(radius, 2500) * random.between(0.3, 0.9);
    double middleNorth = offset * StrictMath.sin(heading);
    double middleEast = offset * StrictMath.cos(heading);
    double second = random.between(0.05, 0.22);
    double third = random.between(0.02, 0.12);
    double phase = random.between(0.0, 2 * StrictMath.PI);
    double start = random.between(0.0, 2 * StrictMath.PI);
    boolean clockwise = random.chance(0.5);
    int points = Math.clamp((long) (metres / 90), 24, MAX_SUMMARY_POINTS);

    double metresEast = METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(city.latitude));
    List<Polyline.Point> track = new ArrayList<>(points);
    for (int i = 0; i < points; i++) {
      double turn = 2 * StrictMath.PI * rounds * i / (points - 1) * (clockwise ? -1 : 1);
      double angle = start + turn;
      double wobble =
          1
              + second * StrictMath.cos(2 * angle + phase)
              + third * StrictMath.cos(5 * angle - phase);
      double jitter = i == 0 || i == points - 1 ? 0 : random.between(-12.0, 12.0);
      double r = radius * wobble + jitter;
      track.add(
          new Polyline.Point(
              city.latitude + (middleNorth + r * StrictMath.sin(angle)) / METRES_PER_DEGREE,
              city.longitude + (middleEast + r * StrictMath.cos(angle)) / metresEast));
    }
    return track;
  }

  /// The same route with `times` as many points, as a detail shows it.
  static List<Polyline.Point> refined(List<Polyline.Point> track, int times) {
    List<Polyline.Point> fine = new ArrayList<>(track.size() * times);
    for (int i = 0; i + 1 < track.size(); i++) {
      Polyline.Point from = track.get(i);
      Polyline.Point to = track.get(i + 1);
      for (int step = 0; step < times; step++) {
        fine.add(from.towards(to, (double) step / times));
      }
    }
    if (!track.isEmpty()) {
      fine.add(track.getLast());
    }
    return fine;
  }
}
