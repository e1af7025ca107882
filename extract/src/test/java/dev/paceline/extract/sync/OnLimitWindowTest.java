package dev.paceline.extract.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which windows `--on-limit window` waits out depends on their length alone: a source may have
/// only one, or three.
class OnLimitWindowTest {

  @ParameterizedTest
  @CsvSource({"PT1S, true", "PT15M, true", "PT1H, true", "PT1H1S, false", "P1D, false"})
  void waitsOutAnHourAndNoMore(Duration longest, boolean waits) {
    assertThat(OnLimit.WINDOW.waitsOut(longest)).isEqualTo(waits);
  }
}
