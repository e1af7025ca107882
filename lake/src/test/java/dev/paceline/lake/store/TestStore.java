package dev.paceline.lake.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The stores that the tests run on.
public enum TestStore {
  FILE {
    @Override
    public ObjectStore open() {
      try {
        return new FileStore(Files.createTempDirectory("paceline-lake-"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  },
  S3 {
    @Override
    public ObjectStore open() {
      String bucket = "lake-" + UUID.randomUUID();
      S3Client client = s3(S3Server.chosen());
      client.createBucket(request -> request.bucket(bucket));
      return new S3Store(client, bucket, "some/prefix/");
    }
  };

  /// An empty store.
  public abstract ObjectStore open();

  static S3Client s3(String url) {
    return s3(new S3Server(URI.create(url), "test", "test"));
  }

  static S3Client s3(S3Server server) {
    return S3Client.builder()
        .endpointOverride(server.url())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .httpClientBuilder(Apache5HttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(server.keyId(), server.secretKey())))
        .build();
  }
}
