package dev.paceline.lake.store;

import dev.paceline.cli.aws.AwsRegion;
import dev.paceline.cli.aws.AwsSettings;
import java.time.Duration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Creates the SDK's client for S3, or for another server with its API. Credentials, region and
/// endpoint come from the SDK's default providers.
final class S3Clients {

  private S3Clients() {}

  /// @param customEndpoint whether the SDK calls a server other than AWS: such servers seldom
  ///   support a bucket as a host name
  static S3Client connect(String bucket, boolean customEndpoint) {
    return AwsSettings.connect("S3", () -> client(bucket, customEndpoint));
  }

  private static S3Client client(String bucket, boolean customEndpoint) {
    return S3Client.builder()
        .region(AwsRegion.get("Opening the lake in s3://" + bucket))
        .crossRegionAccessEnabled(!customEndpoint)
        .forcePathStyle(customEndpoint)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(30)))
        .build();
  }
}
