package dev.paceline.cli.secret;

import dev.paceline.cli.aws.AwsRegion;
import dev.paceline.cli.aws.AwsSettings;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/// Creates the AWS SDK's clients.
final class AwsClients {

  private AwsClients() {}

  static <C> C connect(String service, AwsClientBuilder<?, C> builder) {
    return AwsSettings.connect(
        service.toUpperCase(Locale.ROOT).replace(' ', '_'),
        () -> builder.region(AwsRegion.get("Connecting to " + service)).build());
  }

  static Apache5HttpClient.Builder http() {
    return Apache5HttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(5))
        .socketTimeout(Duration.ofSeconds(30));
  }
}
