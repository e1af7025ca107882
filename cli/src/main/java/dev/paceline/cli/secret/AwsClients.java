package dev.paceline.cli.secret;

import dev.paceline.cli.failure.AwsSettings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Creates the AWS SDK's clients.
final class AwsClients {

  private AwsClients() {}

  static <C> C connect(String service, AwsClientBuilder<?, C> builder) {
    return AwsSettings.connect(
        service.toUpperCase(Locale.ROOT).replace(' ', '_'),
        () -> builder.region(region(service)).build());
  }

  static Apache5HttpClient.Builder http() {
    return Apache5HttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(5))
        .socketTimeout(Duration.ofSeconds(30));
  }

  private static Region region(String service) {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException noRegion) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Connecting to " + service,
          "no AWS region is set",
          "set AWS_REGION, or a region in the profile that AWS_PROFILE names",
          noRegion);
    }
  }
}
