package dev.paceline.sandbox.simulation;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/// What an athlete plans to do on a day: the weekly routine, adjusted for season, weather, training
/// load and chance.
final class Training {
  /// Three weeks of increasing load, one of recovery.
  private static final double[] BLOCK = {1.0, 1.08, 1.16, 0.75};

  private Training() {}

  static List<Plan> on(Athlete athlete, LocalDate day) {
    Travel travel = Travel.of(athlete, day);
    long week = Math.floorDiv(day.toEpochDay() + 3, 7L);
    if (travel.inTransit() || isIll(athlete, week, day)) {
      return List.of();
    }
    City city = travel.city();
    double volume = BLOCK[(int) Math.floorMod(week, 4L)] * (1 + 0.15 * Season.at(city, day));
    SeededRandom random = SeededRandom.of(athlete.seed(), day.toEpochDay(), 't');
    boolean raceDay = random.chance(0.02);
    List<Plan> plans = new ArrayList<>();
    for (WeeklyRoutine.Slot slot : athlete.routine().on(day.getDayOfWeek())) {
      boolean takesPlace = random.chance(slot.chance());
      double minutes = slot.minutes() * volume * Math.clamp(random.gaussian(1, 0.12), 0.6, 1.5);
      int offset = random.between(-40 * 60, 45 * 60);
      boolean race = raceDay && slot.sport().isRun();
      if (takesPlace && !(slot.intent() == Intent.COMMUTE && city != athlete.city())) {
        plans.add(
            new Plan(
                adaptedToWeather(slot.sport(), city, day, random),
                race ? Intent.RACE : slot.intent(),
                city,
                day.atTime(LocalTime.of(slot.hour(), 0).plusSeconds(offset)).atZone(city.zone),
                minutes));
      }
    }
    return plans;
  }

  /// Four days of illness in one week of twenty.
  private static boolean isIll(Athlete athlete, long week, LocalDate day) {
    SeededRandom random = SeededRandom.of(athlete.seed(), week, 'i');
    int first = random.between(1, 4);
    int weekday = day.getDayOfWeek().getValue();
    return random.chance(0.05) && weekday >= first && weekday < first + 4;
  }

  /// In cold weather most rides become virtual rides on a trainer.
  private static Sport adaptedToWeather(
      Sport sport, City city, LocalDate day, SeededRandom random) {
    boolean cold = Season.temperature(city, day) + random.gaussian(0, 3) < 6;
    return sport.isRide() && cold && random.chance(0.8) ? Sport.VIRTUAL_RIDE : sport;
  }
}
