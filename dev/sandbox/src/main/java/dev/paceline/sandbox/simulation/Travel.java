package dev.paceline.sandbox.simulation;

import java.time.LocalDate;

/// Where an athlete is on a day: at home, but for a journey of eight to sixteen days each half of a
/// year.
///
/// The first and last day of a journey are spent in transit, without training; so days of different
/// zones never overlap.
record Travel(City city, boolean inTransit) {
  private static final int HALF_YEAR = 182;

  static Travel of(Athlete athlete, LocalDate day) {
    long half = Math.floorDiv(day.toEpochDay(), (long) HALF_YEAR);
    long dayOfHalf = Math.floorMod(day.toEpochDay(), (long) HALF_YEAR);
    SeededRandom random = SeededRandom.of(athlete.seed(), half, 'j');
    int length = random.between(8, 16);
    int first = random.between(5, HALF_YEAR - length - 5);
    City goal =
        City.numbered(athlete.city().number() + random.between(1, City.values().length - 1));
    int last = first + length;
    if (dayOfHalf < first || dayOfHalf > last) {
      return new Travel(athlete.city(), false);
    }
    return new Travel(goal, dayOfHalf == first || dayOfHalf == last);
  }
}
