package dev.paceline.sandbox.life;

import java.time.LocalDate;

/// Where an athlete is on a day: at home, but for a journey of eight to sixteen days each half of a
/// year.
///
/// The first and last day of a journey are spent in transit, without training; so days of different
/// zones never overlap.
record Whereabouts(City city, boolean inTransit) {
  private static final int HALF_YEAR = 182;

  static Whereabouts of(Athlete athlete, LocalDate day) {
    long half = Math.floorDiv(day.toEpochDay(), (long) HALF_YEAR);
    long dayOfHalf = Math.floorMod(day.toEpochDay(), (long) HALF_YEAR);
    Dice dice = Dice.of(athlete.seed(), half, 'j');
    int length = dice.between(8, 16);
    int first = dice.between(5, HALF_YEAR - length - 5);
    City goal = City.numbered(athlete.city().number() + dice.between(1, City.values().length - 1));
    int last = first + length;
    if (dayOfHalf < first || dayOfHalf > last) {
      return new Whereabouts(athlete.city(), false);
    }
    return new Whereabouts(goal, dayOfHalf == first || dayOfHalf == last);
  }
}
