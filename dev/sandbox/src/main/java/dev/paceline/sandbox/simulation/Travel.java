package dev.paceline.sandbox.simulation;

import java.time.LocalDate;

/// Where an athlete is on a day: at home, except for one trip of eight to sixteen days in each
/// half-year.
///
/// There is no training on the first and last day of a trip, so days in different time zones never
/// overlap.
record Travel(City city, boolean inTransit) {
  private static final int HALF_YEAR = 182;

  static Travel of(Athlete athlete, LocalDate day) {
    long half = Math.floorDiv(day.toEpochDay(), (long) HALF_YEAR);
    long dayOfHalf = Math.floorMod(day.toEpochDay(), (long) HALF_YEAR);
    SeededRandom random = SeededRandom.of(athlete.seed(), half, 'j');
    int length = random.between(8, 16);
    int first = random.between(5, HALF_YEAR - length - 5);
    City destination =
        City.numbered(athlete.city().number() + random.between(1, City.values().length - 1));
    int last = first + length;
    if (dayOfHalf < first || dayOfHalf > last) {
      return new Travel(athlete.city(), false);
    }
    return new Travel(destination, dayOfHalf == first || dayOfHalf == last);
  }
}
