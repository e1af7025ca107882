package dev.paceline.sandbox.simulation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// Exactly so many activities from the first day until the sandbox's first start, spread evenly;
/// then comes the ordinary life.
///
/// Two days around the start stay empty, so that the number holds there in every time zone.
public record EvenSchedule(int activities, LocalDate first, LocalDate started) {
  /// Closer together they would be shorter than ten minutes.
  public static final int MAX_PER_DAY = 96;

  private static final int CROWDED = 12;

  boolean covers(LocalDate day) {
    return !day.isAfter(started.plusDays(1));
  }

  List<Plan> on(Athlete athlete, LocalDate day) {
    long days = days(first, started);
    long nth = day.toEpochDay() - first.toEpochDay();
    if (nth < 0 || nth >= days) {
      return List.of();
    }
    int today = (int) ((nth + 1) * activities / days - nth * activities / days);
    return today == 0 ? List.of() : spread(athlete, day, today);
  }

  /// How many days there are to spread them over.
  public static long days(LocalDate first, LocalDate started) {
    return started.toEpochDay() - first.toEpochDay() - 1;
  }

  private static List<Plan> spread(Athlete athlete, LocalDate day, int today) {
    City home = athlete.city();
    boolean crowded = today > CROWDED;
    ZonedDateTime from = crowded ? day.atStartOfDay(home.zone) : day.atTime(6, 0).atZone(home.zone);
    ZonedDateTime until =
        crowded ? day.plusDays(1).atStartOfDay(home.zone) : day.atTime(21, 0).atZone(home.zone);
    long width = Duration.between(from, until).toSeconds() / today;
    List<WeeklyRoutine.Slot> week = athlete.routine().week();
    SeededRandom random = SeededRandom.of(athlete.seed(), day.toEpochDay(), 'q');
    List<Plan> plans = new ArrayList<>(today);
    for (int i = 0; i < today; i++) {
      WeeklyRoutine.Slot slot = random.pick(week);
      ZonedDateTime start = from.plusSeconds(i * width + random.between(0, (int) (width / 5)));
      double minutes = Math.min(slot.minutes() * random.between(0.8, 1.2), width / 60.0 * 0.6);
      plans.add(new Plan(slot.sport(), slot.intent(), home, start, minutes));
    }
    return plans;
  }
}
