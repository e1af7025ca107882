package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Translates the SDK's exceptions into failures that the user can act on.
final class S3Failures {

  private static final int FORBIDDEN = 403;

  private S3Failures() {}

  static Failure of(String doing, String bucket, SdkException thrown) {
    return switch (thrown) {
      case NoSuchBucketException e ->
          new Failure(
              Exit.CONFIGURATION,
              doing,
              "there is no bucket " + bucket,
              "create it, or correct --lake",
              e);
      case NoSuchKeyException e -> MissingObject.failure(doing, e);
      case S3Exception e when e.statusCode() == FORBIDDEN ->
          new Failure(
              Exit.REFUSED,
              doing,
              "access denied",
              "grant these AWS credentials read and write access there",
              e);
      case S3Exception e ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "S3 returned %d %s".formatted(e.statusCode(), code(e)),
              "try again in a few minutes",
              e);
      case SdkClientException e when FirstLine.of(e).contains("credentials") ->
          new Failure(
              Exit.REFUSED,
              doing,
              "no AWS credentials were found",
              "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a"
                  + " role",
              e);
      case SdkClientException e ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "S3 cannot be reached (%s)".formatted(FirstLine.of(e)),
              "check the network, the region and AWS_ENDPOINT_URL",
              e);
      default ->
          new Failure(
              Exit.UNAVAILABLE, doing, FirstLine.of(thrown), "try again in a few minutes", thrown);
    };
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
  }
}
