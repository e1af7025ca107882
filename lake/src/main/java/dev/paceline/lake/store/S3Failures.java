package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What the SDK's exceptions mean to somebody who runs a command.
final class S3Failures {

  private static final int FORBIDDEN = 403;

  private S3Failures() {}

  static Failure of(String doing, String bucket, SdkException thrown) {
    return switch (thrown) {
      case NoSuchBucketException missing ->
          new Failure(
              Exit.CONFIGURATION,
              doing,
              "there is no bucket " + bucket,
              "create it, or correct --lake",
              missing);
      case NoSuchKeyException absent -> MissingObject.failure(doing, absent);
      case S3Exception denied when denied.statusCode() == FORBIDDEN ->
          new Failure(
              Exit.REFUSED,
              doing,
              "access denied",
              "give these AWS credentials the right to read and write there",
              denied);
      case S3Exception refused ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "S3 answered %d %s".formatted(refused.statusCode(), code(refused)),
              "try again in a few minutes",
              refused);
      case SdkClientException nobody when FirstLine.of(nobody).contains("credentials") ->
          new Failure(
              Exit.REFUSED,
              doing,
              "no AWS credentials were found",
              "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a"
                  + " role",
              nobody);
      case SdkClientException unreachable ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "S3 cannot be reached (%s)".formatted(FirstLine.of(unreachable)),
              "check the network, the region and AWS_ENDPOINT_URL",
              unreachable);
      default ->
          new Failure(
              Exit.UNAVAILABLE, doing, FirstLine.of(thrown), "try again in a few minutes", thrown);
    };
  }

  private static String code(S3Exception refused) {
    return refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
  }
}
