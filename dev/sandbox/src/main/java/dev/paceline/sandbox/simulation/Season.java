package dev.paceline.sandbox.simulation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// The season at a place: +1 at the height of its summer, −1 in the depth of its winter.
final class Season {
  private static final LocalDate NORTHERN_MIDSUMMER = LocalDate.of(2020, 7, 20);
  private static final double YEAR_DAYS = 365.2425;

  private Season() {}

  static double at(City city, LocalDate day) {
    double years = ChronoUnit.DAYS.between(NORTHERN_MIDSUMMER, day) / YEAR_DAYS;
    double northern = StrictMath.cos(2 * StrictMath.PI * years);
    return city.isSouthern() ? -northern : northern;
  }

  /// °C around noon on an average day of that date.
  static double temperature(City city, LocalDate day) {
    return city.meanTemperature + 3 + city.summerSwing * at(city, day);
  }
}
