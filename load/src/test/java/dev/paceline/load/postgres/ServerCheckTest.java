package dev.paceline.load.postgres;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.junit.jupiter.api.Test;

final class ServerCheckTest {

  @Test
  void anOlderPostgresIsRefusedByItsVersion() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new ServerCheck(160_009, "16.9", "UTF8").refuseUnfit())
        .withMessage(
            "Connecting to the warehouse: it is Postgres 16.9, and 17 is the oldest that Paceline serves; upgrade it, or give another with --warehouse.")
        .returns(Exit.CONFIGURATION, Failure::exit);
    assertThatNoException()
        .isThrownBy(() -> new ServerCheck(170_000, "17.0", "UTF8").refuseUnfit());
  }

  @Test
  void aDatabaseThatCannotHoldEveryCharacterIsRefused() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new ServerCheck(180_000, "18.0", "LATIN1").refuseUnfit())
        .withMessageContaining("LATIN1")
        .returns(Exit.CONFIGURATION, Failure::exit);
  }
}
