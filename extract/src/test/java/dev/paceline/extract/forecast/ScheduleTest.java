package dev.paceline.extract.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the next run of a forecast begins.
class ScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "P1D, 2026-11-01T05:00:00Z, 2026-11-02T05:00:00Z",
    "P1D, 2026-11-01T07:15:01Z, 2026-11-02T05:00:00Z",
    "P1D, 2026-11-03T00:00:01Z, 2026-11-03T05:00:00Z",
    "P1D, 2026-11-02T05:00:00Z, 2026-11-02T05:00:00Z",
    "PT15M, 2026-11-01T05:15:01Z, 2026-11-01T05:30:00Z",
    "PT0.000000001S, 2026-11-02T05:00:00Z, 2026-11-02T05:00:00Z"
  })
  void isTheFirstOfTheScheduleAfterTheLastRun(Duration every, Instant ended, Instant next) {
    Instant began = Instant.parse("2026-11-01T05:00:00Z");

    assertThat(new Schedule(began, every, OptionalInt.empty()).next(began, ended)).isEqualTo(next);
  }
}
