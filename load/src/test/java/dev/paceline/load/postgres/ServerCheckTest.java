package dev.paceline.load.postgres;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.junit.jupiter.api.Test;

final class ServerCheckTest {

  @Test
  void refusesAnOlderPostgres() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new ServerCheck(160_009, "16.9", "UTF8").refuseUnsuitable())
        .withMessage(
            "Connecting to the warehouse: it is Postgres 16.9, and Paceline needs 17 or newer; upgrade it, or choose another with --warehouse.")
        .returns(Exit.CONFIGURATION, Failure::exit);
    assertThatNoException()
        .isThrownBy(() -> new ServerCheck(170_000, "17.0", "UTF8").refuseUnsuitable());
  }

  @Test
  void refusesADatabaseThatCannotHoldEveryCharacter() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new ServerCheck(180_000, "18.0", "LATIN1").refuseUnsuitable())
        .withMessageContaining("LATIN1")
        .returns(Exit.CONFIGURATION, Failure::exit);
  }
}
