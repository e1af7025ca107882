package dev.paceline.sandbox.simulation;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/// What an athlete means to do on a day: the habit of the weekday, bent by season, weather, load
/// and luck.
final class Training {
  /// Three weeks rising, one to recover.
  private static final double[] BLOCK = {1.0, 1.08, 1.16, 0.75};

  private Training() {}

  static List<Plan> on(Athlete athlete, LocalDate day) {
    Travel where = Travel.of(athlete, day);
    long week = Math.floorDiv(day.toEpochDay() + 3, 7L);
    if (where.inTransit() || isIll(athlete, week, day)) {
      return List.of();
    }
    City city = where.city();
    double volume = BLOCK[(int) Math.floorMod(week, 4L)] * (1 + 0.15 * Season.at(city, day));
    SeededRandom random = SeededRandom.of(athlete.seed(), day.toEpochDay(), 't');
    boolean racing = random.chance(0.02);
    List<Plan> plans = new ArrayList<>();
    for (WeeklyRoutine.Slot slot : athlete.routine().on(day.getDayOfWeek())) {
      boolean goes = random.chance(slot.chance());
      double minutes = slot.minutes() * volume * Math.clamp(random.gaussian(1, 0.12), 0.6, 1.5);
      int offset = random.between(-40 * 60, 45 * 60);
      boolean race = racing && slot.sport().isRun();
      if (goes && !(slot.intent() == Intent.COMMUTE && city != athlete.city())) {
        plans.add(
            new Plan(
                outOfTheWeather(slot.sport(), city, day, random),
                race ? Intent.RACE : slot.intent(),
                city,
                day.atTime(LocalTime.of(slot.hour(), 0).plusSeconds(offset)).atZone(city.zone),
                minutes));
      }
    }
    return plans;
  }

  /// In one week of twenty, four days in bed.
  private static boolean isIll(Athlete athlete, long week, LocalDate day) {
    SeededRandom random = SeededRandom.of(athlete.seed(), week, 'i');
    int first = random.between(1, 4);
    int weekday = day.getDayOfWeek().getValue();
    return random.chance(0.05) && weekday >= first && weekday < first + 4;
  }

  /// Winter moves rides to the trainer's virtual roads.
  private static Sport outOfTheWeather(Sport sport, City city, LocalDate day, SeededRandom random) {
    boolean cold = Season.temperature(city, day) + random.gaussian(0, 3) < 6;
    return sport.isRide() && cold && random.chance(0.8) ? Sport.VIRTUAL_RIDE : sport;
  }
}
