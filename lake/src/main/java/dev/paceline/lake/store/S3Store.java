package dev.paceline.lake.store;

import dev.paceline.cli.retry.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A prefix of a bucket in S3 or in another server at `AWS_ENDPOINT_URL` that has its API. The
/// SDK's standard retries apply to every call.
final class S3Store implements ObjectStore {

  private static final String GZIP = "application/gzip";

  private final S3Client s3;
  private final String bucket;
  private final String prefix;
  private final S3ConditionalWrites writes;

  /// @param prefix empty, or ends in `/`
  S3Store(S3Client s3, String bucket, String prefix) {
    this(s3, bucket, prefix, S3ConditionalWrites.CONFLICTS);
  }

  /// @param conflicts how often a write is tried that conflicts with another
  S3Store(S3Client s3, String bucket, String prefix, Retries conflicts) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
    this.writes = new S3ConditionalWrites(s3, conflicts);
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
                    S3Time.of("Reading " + address(key), response)));
          } catch (NoSuchKeyException notFound) {
            return Optional.empty();
          }
        });
  }

  @Override
  public InputStream open(String key) {
    return attempt(
        "Reading", key, () -> s3.getObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  @Override
  public Put putIfAbsent(String key, byte[] body) {
    PutObjectRequest request = request(key).ifNoneMatch("*").build();
    return attempt("Writing", key, () -> writes.put(request, body));
  }

  @Override
  public Put putIfMatch(String key, byte[] body, String etag) {
    PutObjectRequest request = request(key).ifMatch(etag).build();
    return attempt("Writing", key, () -> writes.put(request, body));
  }

  private PutObjectRequest.Builder request(String key) {
    return PutObjectRequest.builder().bucket(bucket).key(prefix + key);
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
    DeleteObjectRequest request =
        DeleteObjectRequest.builder().bucket(bucket).key(prefix + key).ifMatch(etag).build();
    return attempt("Deleting", key, () -> writes.delete(request));
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
