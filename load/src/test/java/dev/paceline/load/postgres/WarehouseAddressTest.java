package dev.paceline.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a URL without and with `sslmode` requires of the server.
final class WarehouseAddressTest {

  private static String mode(String host, String query, boolean unverified) {
    return WarehouseAddress.parse("postgresql://me@%s:5432/w%s".formatted(host, query), unverified)
        .tls()
        .value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "127.1.2.3",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]"
      })
  void onThisMachineAnyModeWillDo(String host) {
    assertThat(mode(host, "", false)).isEqualTo("prefer");
    assertThat(mode(host, "?sslmode=disable", false)).isEqualTo("disable");
    assertThat(mode(host, "?sslmode=verify-full", true)).isEqualTo("verify-full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.example",
        "warehouse",
        "localhost.example",
        "127.0.0.1.example",
        "10.0.0.1",
        "128.0.0.1",
        "2130706433", // 127.0.0.1 for the JDK
        "[::2]",
        "[::ffff:10.0.0.1]"
      })
  void onAnotherMachineTheServerIsVerified(String host) {
    assertThat(mode(host, "", false)).isEqualTo("verify-full");
    assertThat(mode(host, "?sslmode=verify-full", false)).isEqualTo("verify-full");
    assertThat(mode(host, "", true)).isEqualTo("require");
    assertThat(mode(host, "?sslmode=disable", true)).isEqualTo("disable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca"})
  void aWeakerModeNeedsAnotherSetting(String weak) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> mode("db.example", "?sslmode=" + weak, false))
        .withMessage(
            "Reading the warehouse's URL: sslmode \"%s\" does not verify that the server is db.example; remove it, or set PACELINE_WAREHOUSE_UNVERIFIED=true to accept any server."
                .formatted(weak));
  }
}
