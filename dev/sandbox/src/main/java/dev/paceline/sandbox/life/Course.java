package dev.paceline.sandbox.life;

import java.util.ArrayList;
import java.util.List;

/// The way an activity took: a wobbly loop through or around a city's park, as long as the
/// distance; long ones go round several times.
final class Course {
  private static final double METRES_A_DEGREE = 111_320;
  private static final double LONGEST_LOOP_M = 42_000;
  private static final int SUMMARY_POINTS_MOST = 120;

  private Course() {}

  /// As a summary shows it: enough points for a small map.
  static List<Polyline.Point> through(City city, double metres, Dice dice) {
    int rounds = Math.max(1, (int) Math.ceil(metres / LONGEST_LOOP_M));
    double radius = metres / rounds / (2 * StrictMath.PI) * 0.93;
    double heading = dice.between(0.0, 2 * StrictMath.PI);
    double offset = Math.min(radius, 2500) * dice.between(0.3, 0.9);
    double middleNorth = offset * StrictMath.sin(heading);
    double middleEast = offset * StrictMath.cos(heading);
    double second = dice.between(0.05, 0.22);
    double third = dice.between(0.02, 0.12);
    double phase = dice.between(0.0, 2 * StrictMath.PI);
    double start = dice.between(0.0, 2 * StrictMath.PI);
    boolean clockwise = dice.chance(0.5);
    int points = Math.clamp((long) (metres / 90), 24, SUMMARY_POINTS_MOST);

    double metresEast = METRES_A_DEGREE * StrictMath.cos(StrictMath.toRadians(city.latitude));
    List<Polyline.Point> way = new ArrayList<>(points);
    for (int i = 0; i < points; i++) {
      double turn = 2 * StrictMath.PI * rounds * i / (points - 1) * (clockwise ? -1 : 1);
      double angle = start + turn;
      double wobble =
          1
              + second * StrictMath.cos(2 * angle + phase)
              + third * StrictMath.cos(5 * angle - phase);
      double jitter = i == 0 || i == points - 1 ? 0 : dice.between(-12.0, 12.0);
      double r = radius * wobble + jitter;
      way.add(
          new Polyline.Point(
              city.latitude + (middleNorth + r * StrictMath.sin(angle)) / METRES_A_DEGREE,
              city.longitude + (middleEast + r * StrictMath.cos(angle)) / metresEast));
    }
    return way;
  }

  /// The same way with `times` as many points, as a detail shows it.
  static List<Polyline.Point> refined(List<Polyline.Point> way, int times) {
    List<Polyline.Point> fine = new ArrayList<>(way.size() * times);
    for (int i = 0; i + 1 < way.size(); i++) {
      Polyline.Point from = way.get(i);
      Polyline.Point to = way.get(i + 1);
      for (int step = 0; step < times; step++) {
        double share = (double) step / times;
        fine.add(
            new Polyline.Point(
                from.latitude() + (to.latitude() - from.latitude()) * share,
                from.longitude() + (to.longitude() - from.longitude()) * share));
      }
    }
    if (!way.isEmpty()) {
      fine.add(way.getLast());
    }
    return fine;
  }
}
