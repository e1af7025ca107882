package dev.paceline.sandbox.simulation;

import static dev.paceline.sandbox.simulation.Intent.COMMUTE;
import static dev.paceline.sandbox.simulation.Intent.EASY;
import static dev.paceline.sandbox.simulation.Intent.LONG;
import static dev.paceline.sandbox.simulation.Intent.WORKOUT;
import static dev.paceline.sandbox.simulation.Sport.GRAVEL_RIDE;
import static dev.paceline.sandbox.simulation.Sport.HIKE;
import static dev.paceline.sandbox.simulation.Sport.RIDE;
import static dev.paceline.sandbox.simulation.Sport.RUN;
import static dev.paceline.sandbox.simulation.Sport.SWIM;
import static dev.paceline.sandbox.simulation.Sport.TRAIL_RUN;
import static dev.paceline.sandbox.simulation.Sport.WALK;
import static dev.paceline.sandbox.simulation.Sport.WEIGHT_TRAINING;
import static dev.paceline.sandbox.simulation.Sport.YOGA;
import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import java.time.DayOfWeek;
import java.util.List;

/// The week that an athlete more or less follows. Sundays are long.
enum WeeklyRoutine {
  RUNNER(
      at(MONDAY, 18, YOGA, EASY, 45, 0.5),
      at(TUESDAY, 18, RUN, WORKOUT, 60, 0.9),
      at(WEDNESDAY, 7, RUN, EASY, 45, 0.8),
      at(WEDNESDAY, 18, WEIGHT_TRAINING, EASY, 50, 0.45),
      at(THURSDAY, 18, RUN, WORKOUT, 55, 0.8),
      at(FRIDAY, 12, SWIM, EASY, 40, 0.3),
      at(SATURDAY, 9, RUN, EASY, 50, 0.7),
      at(SATURDAY, 15, WALK, EASY, 60, 0.25),
      at(SUNDAY, 9, RUN, LONG, 110, 0.9)),
  TRIATHLETE(
      at(MONDAY, 7, SWIM, EASY, 55, 0.8),
      at(TUESDAY, 7, RUN, WORKOUT, 55, 0.8),
      at(TUESDAY, 18, RIDE, EASY, 70, 0.6),
      at(WEDNESDAY, 7, SWIM, WORKOUT, 60, 0.7),
      at(THURSDAY, 18, RIDE, WORKOUT, 75, 0.8),
      at(FRIDAY, 7, SWIM, EASY, 50, 0.6),
      at(FRIDAY, 18, WEIGHT_TRAINING, EASY, 45, 0.4),
      at(SATURDAY, 9, RIDE, LONG, 170, 0.85),
      at(SUNDAY, 9, RUN, LONG, 95, 0.9)),
  CYCLIST(
      at(MONDAY, 8, RIDE, COMMUTE, 25, 0.5),
      at(MONDAY, 17, RIDE, COMMUTE, 27, 0.5),
      at(TUESDAY, 18, RIDE, WORKOUT, 75, 0.85),
      at(WEDNESDAY, 8, RIDE, COMMUTE, 25, 0.6),
      at(WEDNESDAY, 17, RIDE, COMMUTE, 28, 0.6),
      at(THURSDAY, 18, RIDE, WORKOUT, 80, 0.8),
      at(FRIDAY, 18, YOGA, EASY, 40, 0.3),
      at(SATURDAY, 9, GRAVEL_RIDE, EASY, 120, 0.7),
      at(SUNDAY, 9, RIDE, LONG, 200, 0.85)),
  ALL_ROUNDER(
      at(MONDAY, 7, YOGA, EASY, 30, 0.7),
      at(MONDAY, 18, SWIM, EASY, 40, 0.4),
      at(TUESDAY, 12, RUN, EASY, 40, 0.8),
      at(WEDNESDAY, 18, WEIGHT_TRAINING, EASY, 55, 0.7),
      at(THURSDAY, 7, RUN, WORKOUT, 45, 0.75),
      at(THURSDAY, 19, WALK, EASY, 40, 0.5),
      at(FRIDAY, 17, RIDE, EASY, 60, 0.65),
      at(SATURDAY, 8, HIKE, LONG, 190, 0.35),
      at(SATURDAY, 17, RIDE, EASY, 75, 0.4),
      at(SUNDAY, 9, TRAIL_RUN, LONG, 90, 0.8),
      at(SUNDAY, 16, WALK, EASY, 50, 0.3));

  /// One slot of the week. `hour` is local time, `minutes` the length in an average week, `chance`
  /// the probability that it takes place.
  record Slot(DayOfWeek day, int hour, Sport sport, Intent intent, double minutes, double chance) {}

  // The checker does not know that List.of returns an immutable list.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Slot> week;

  WeeklyRoutine(Slot... week) {
    this.week = List.of(week);
  }

  /// The slots of a day, by hour.
  List<Slot> on(DayOfWeek day) {
    return week.stream().filter(slot -> slot.day() == day).toList();
  }

  static WeeklyRoutine numbered(long number) {
    List<WeeklyRoutine> all = List.of(values());
    return all.get(Math.floorMod(number, all.size()));
  }

  List<Slot> week() {
    return week;
  }

  private static Slot at(
      DayOfWeek day, int hour, Sport sport, Intent intent, double minutes, double chance) {
    return new Slot(day, hour, sport, intent, minutes, chance);
  }
}
