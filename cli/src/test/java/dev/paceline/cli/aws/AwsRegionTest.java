package dev.paceline.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class AwsRegionTest {

  @Test
  void isTheOneThatIsSet() {
    assertThat(AwsRegion.get("Opening the lake", () -> Region.EU_NORTH_1))
        .isEqualTo(Region.EU_NORTH_1);
  }

  @Test
  void isNotGuessedIfNoneIsSet() {
    assertThatThrownBy(() ->
            AwsRegion.get(
                "Opening the lake",
                () -> {
                  throw SdkClientException.create("Unable to load region");
                }))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessage(
            "Opening the lake: no AWS region is set; set AWS_REGION, or a region in the profile"
                + " that AWS_PROFILE names.");
  }
}
