package dev.paceline.lake.store;

import dev.paceline.cli.failure.AwsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A prefix of a bucket in S3 or in another server at `AWS_ENDPOINT_URL` that has its API.
/// Credentials, region and endpoint come from the SDK's default providers; its standard retries
/// apply to every call.
final class S3Store implements ObjectStore {

  /// S3 returns 409 when two conditional writes of a key overlap; its documentation says to retry.
  private static final int MAX_CONFLICTS = 10;

  private static final String GZIP = "application/gzip";
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /// @param prefix empty, or ends in `/`
  S3Store(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /// @param customEndpoint whether the SDK calls a server other than AWS: such servers seldom
  ///   support a bucket as a host name
  static S3Store connect(String bucket, String prefix, boolean customEndpoint) {
    return new S3Store(AwsSettings.connect("S3", () -> client(customEndpoint)), bucket, prefix);
  }

  private static S3Client client(boolean customEndpoint) {
    return S3Client.builder()
        .region(region())
        .crossRegionAccessEnabled(!customEndpoint)
        .forcePathStyle(customEndpoint)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(30)))
        .build();
  }

  private static Region region() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException noRegion) {
      return Region.US_EAST_1; // crossRegionAccessEnabled finds the bucket's region
    }
  }

  @Override
  public Optional<StoredObject> read(String key) {
    return attempt(
        "Reading",
        key,
        () -> {
          try {
            ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + key));
            GetObjectResponse response = object.response();
            return Optional.of(
                new StoredObject(
                    object.asByteArrayUnsafe(),
                    response.eTag(),
                    response.lastModified(),
                    date(response.sdkHttpResponse())));
          } catch (NoSuchKeyException notFound) {
            return Optional.empty();
          }
        });
  }

  /// The store's own time, so that an object's age does not depend on this host's clock.
  private static Instant date(SdkHttpResponse response) {
    return response
        .firstMatchingHeader("Date")
        .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .orElseGet(Instant::now);
  }

  @Override
  public InputStream open(String key) {
    return attempt(
        "Reading", key, () -> s3.getObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  @Override
  public Put putIfAbsent(String key, byte[] body) {
    return conditionally(key, body, request(key).ifNoneMatch("*").build());
  }

  @Override
  public Put putIfMatch(String key, byte[] body, String etag) {
    return conditionally(key, body, request(key).ifMatch(etag).build());
  }

  private PutObjectRequest.Builder request(String key) {
    return PutObjectRequest.builder().bucket(bucket).key(prefix + key);
  }

  private Put conditionally(String key, byte[] body, PutObjectRequest request) {
    return attempt(
        "Writing",
        key,
        () -> {
          for (int attempt = 1; ; attempt++) {
            try {
              PutObjectResponse response = s3.putObject(request, RequestBody.fromBytes(body));
              return new Put.Stored(response.eTag());
            } catch (NoSuchBucketException noBucket) {
              throw noBucket;
            } catch (S3Exception e) {
              switch (e.statusCode()) {
                case PRECONDITION_FAILED -> {
                  return new Put.PreconditionFailed();
                }
                case NOT_FOUND -> {
                  return new Put.NotFound();
                }
                case CONFLICT -> {
                  if (attempt == MAX_CONFLICTS) {
                    throw e;
                  }
                }
                default -> throw e;
              }
            }
          }
        });
  }

  @Override
  public void put(String key, Body body) {
    attempt(
        "Writing",
        key,
        () -> {
          try {
            return s3.putObject(
                request(key).build(),
                RequestBody.fromContentProvider(() -> stream(body), body.size(), GZIP));
          } catch (IOException e) {
            throw new UncheckedIOException("The part to be stored cannot be read", e);
          }
        });
  }

  private static InputStream stream(Body body) {
    try {
      return body.open();
    } catch (IOException e) {
      throw new UncheckedIOException("The part to be stored cannot be read", e);
    }
  }

  @Override
  public boolean deleteIfMatch(String key, String etag) {
    return attempt(
        "Deleting",
        key,
        () -> {
          try {
            s3.deleteObject(request -> request.bucket(bucket).key(prefix + key).ifMatch(etag));
            return true;
          } catch (NoSuchBucketException noBucket) {
            throw noBucket;
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED
                || e.statusCode() == NOT_FOUND
                || e.statusCode() == CONFLICT) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public List<String> list(String below, String after) {
    return attempt(
        "Listing",
        below,
        () ->
            s3
                .listObjectsV2Paginator(request ->
                    request
                        .bucket(bucket)
                        .prefix(prefix + below)
                        .startAfter(after.isEmpty() ? null : prefix + after))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList());
  }

  @Override
  public List<String> folders(String below) {
    return attempt(
        "Listing",
        below,
        () ->
            s3
                .listObjectsV2Paginator(
                    request -> request.bucket(bucket).prefix(prefix + below).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .map(folder ->
                    folder.substring(prefix.length() + below.length(), folder.length() - 1))
                .toList());
  }

  @Override
  public String address(String key) {
    return "s3://%s/%s%s".formatted(bucket, prefix, key);
  }

  @Override
  public void close() {
    s3.close();
  }

  private <T> T attempt(String doing, String key, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Failures.of(doing + " " + address(key), bucket, e);
    }
  }
}
