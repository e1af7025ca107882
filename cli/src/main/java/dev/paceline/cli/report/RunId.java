package dev.paceline.cli.report;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/// The id of one execution: UTC time and a random number, e.g. `20261121T163400Z-9f3c21ab`. Created
/// in the container, and only a name: nothing is ever ordered by it.
public record RunId(String value) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public static RunId create(Clock clock, RandomGenerator random) {
    return new RunId("%s-%08x".formatted(TIME.format(clock.instant()), random.nextInt()));
  }

  @Override
  public String toString() {
    return value;
  }
}
