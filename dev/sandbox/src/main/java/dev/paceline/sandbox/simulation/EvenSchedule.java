package dev.paceline.sandbox.simulation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// A schedule of exactly `activities` activities, spread evenly from the first day to the sandbox's
/// first start. After that the weekly routine applies.
///
/// Two days around the start stay empty, so that the number is the same in every time zone.
public record EvenSchedule(int activities, LocalDate first, LocalDate started) {
  /// With more a day, activities would be shorter than ten minutes.
  public static final int MAX_PER_DAY = 96;

  private static final int MAX_IN_DAYTIME = 12;

  boolean covers(LocalDate day) {
    return !day.isAfter(started.plusDays(1));
  }

  List<Plan> on(Athlete athlete, LocalDate day) {
    long days = days(first, started);
    long dayNumber = day.toEpochDay() - first.toEpochDay();
    if (dayNumber < 0 || dayNumber >= days) {
      return List.of();
    }
    int count = (int) ((dayNumber + 1) * activities / days - dayNumber * activities / days);
    return count == 0 ? List.of() : spread(athlete, day, count);
  }

  /// The number of days to spread them over.
  public static long days(LocalDate first, LocalDate started) {
    return started.toEpochDay() - first.toEpochDay() - 1;
  }

  private static List<Plan> spread(Athlete athlete, LocalDate day, int count) {
    City home = athlete.city();
    boolean wholeDay = count > MAX_IN_DAYTIME;
    ZonedDateTime from =
        wholeDay ? day.atStartOfDay(home.zone) : day.atTime(6, 0).atZone(home.zone);
    ZonedDateTime until =
        wholeDay ? day.plusDays(1).atStartOfDay(home.zone) : day.atTime(21, 0).atZone(home.zone);
    long width = Duration.between(from, until).toSeconds() / count;
    List<WeeklyRoutine.Slot> week = athlete.routine().week();
    SeededRandom random = SeededRandom.of(athlete.seed(), day.toEpochDay(), 'q');
    List<Plan> plans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      WeeklyRoutine.Slot slot = random.pick(week);
      ZonedDateTime start = from.plusSeconds(i * width + random.between(0, (int) (width / 5)));
      double minutes = Math.min(slot.minutes() * random.between(0.8, 1.2), width / 60.0 * 0.6);
      plans.add(new Plan(slot.sport(), slot.intent(), home, start, minutes));
    }
    return plans;
  }
}
