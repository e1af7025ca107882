package dev.paceline.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.testing.AwsOnLoopback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings that AWS's SDK reads on its own. Here they are system properties; the SDK and the check
/// read the variables in the same way.
class AwsSettingsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "aws.endpointUrlSsm, nonsense, aws.endpointUrlSsm is not the address of a server",
        "aws.endpointUrlSsm, http://host:70000, aws.endpointUrlSsm is not the address of a server",
        "aws.endpointUrlSsm, '', aws.endpointUrlSsm is not the address of a server",
        "aws.endpointUrl, http://a b, aws.endpointUrl is not the address of a server",
        "aws.retryMode, often, often",
        "aws.maxAttempts, 0, maxAttempts",
        "aws.maxAttempts, some, some",
        "aws.useFipsEndpoint, perhaps, aws.useFipsEndpoint"
      })
  void areWrongInTheConfiguration(String property, String value, String what) {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      System.setProperty(property, value);
      Failure failure = catchThrowableOfType(Failure.class, AwsSettingsTest::read);

      assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION);
      assertThat(failure.what()).contains(what);
    } finally {
      System.clearProperty(property);
    }
  }

  private static void read() {
    try (Vault ssm = Vault.ssm(Exit.REFUSED)) {
      assertThat(ssm.read("/x")).isEmpty();
    }
  }
}
