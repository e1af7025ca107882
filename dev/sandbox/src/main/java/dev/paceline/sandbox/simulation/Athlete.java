package dev.paceline.sandbox.simulation;

import java.time.LocalDate;
import java.util.List;

/// An athlete: everything that does not change from day to day.
///
/// `seed` seeds everything about this athlete and is mixed from the sandbox's seed and the index;
/// speeds are multiplied by `fitness`, 1 being average; `ftp` is the power in watts that the
/// athlete can hold for an hour; `weight` is in kilograms.
record Athlete(
    long id,
    int index,
    long seed,
    String firstname,
    String lastname,
    boolean female,
    City city,
    WeeklyRoutine routine,
    double fitness,
    int restingHeartrate,
    int maxHeartrate,
    int ftp,
    double weight,
    Device watch,
    Device bikeComputer,
    boolean hasPowerMeter) {

  private static final List<String> WOMEN =
      List.of("Ada", "Mina", "Léa", "Noor", "Ingrid", "Sofía", "Yuki", "Thandi");
  private static final List<String> MEN =
      List.of("Jonas", "Mateo", "Kofi", "Arjun", "Oisín", "Henrik", "Tāne", "Émile");
  private static final List<String> SURNAMES =
      List.of(
          "Abara",
          "Bergström",
          "Castellanos",
          "Dlamini",
          "Ek",
          "Fontaine",
          "Grünwald",
          "Hayashi",
          "Iyer",
          "Jovanović");

  /// The athlete with this number in a sandbox with this seed. Athletes with neighbouring numbers
  /// live in different cities.
  static Athlete numbered(long sandboxSeed, int index) {
    long seed = SeededRandom.mix(sandboxSeed, index);
    SeededRandom random = SeededRandom.of(seed, 'a');
    boolean female = random.chance(0.5);
    double fitness = Math.clamp(random.gaussian(1, 0.1), 0.75, 1.3);
    double weight = random.gaussian(female ? 61 : 74, 6);
    return new Athlete(
        (1 + Math.floorMod(seed, 1_000_000L)) * 100 + index,
        index,
        seed,
        random.pick(female ? WOMEN : MEN),
        random.pick(SURNAMES),
        female,
        City.numbered(sandboxSeed + index),
        WeeklyRoutine.numbered(sandboxSeed / 12 + 3L * index),
        fitness,
        random.between(44, 58),
        random.between(176, 198),
        (int) (weight * 3.2 * fitness),
        weight,
        random.pick(List.of(Device.FORERUNNER, Device.FENIX, Device.APPLE_WATCH, Device.COROS)),
        random.pick(List.of(Device.EDGE, Device.WAHOO)),
        random.chance(0.6));
  }

  /// Weight in kilograms in the month of that day: a little more in winter.
  double weightOn(LocalDate day) {
    LocalDate month = day.withDayOfMonth(1);
    double swing =
        -0.8 * Season.at(city, month)
            + SeededRandom.of(seed, month.toEpochDay(), 'w').gaussian(0, 0.4);
    return Math.rint((weight + swing) * 10) / 10;
  }

  /// FTP in watts in the quarter of that day: more in summer.
  int ftpOn(LocalDate day) {
    LocalDate quarter = day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
    return (int) (ftp + 8 * Season.at(city, quarter));
  }
}
