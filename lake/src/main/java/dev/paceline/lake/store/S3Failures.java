package dev.paceline.lake.store;

import dev.paceline.cli.aws.AwsError;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Translates the SDK's exceptions into failures that the user can act on. S3's own codes are here;
/// [AwsError] has those that S3 shares with other services.
final class S3Failures {

  private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");

  private S3Failures() {}

  static Failure of(String doing, String bucket, SdkException thrown) {
    return switch (thrown) {
      case AwsServiceException e -> refused(doing, bucket, e);
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

  private static Failure refused(String doing, String bucket, AwsServiceException e) {
    String response = "S3 returned %d %s".formatted(e.statusCode(), code(e)).strip();
    return switch (code(e)) {
      case "NoSuchKey" -> MissingObject.failure(doing, e);
      case "NoSuchBucket" ->
          configuration(
              doing, "there is no bucket " + bucket, "create it, or correct --lake", response, e);
      case "InvalidBucketName" ->
          configuration(
              doing, bucket + " is not the name of a bucket", "correct --lake", response, e);
      case "NotImplemented", "MethodNotAllowed" ->
          configuration(
              doing,
              "the store does not support this call",
              "use a store with S3's conditional writes: docs/reference/lake.md lists what it needs",
              response,
              e);
      case "EntityTooLarge" ->
          configuration(
              doing,
              "the store does not accept an object of this size",
              "use a store that accepts objects of 64 MiB",
              response,
              e);
      case "InvalidObjectState" ->
          new Failure(
              Exit.UNUSABLE,
              doing,
              "the object is archived (%s)".formatted(response),
              "restore it, and exclude the lake from the bucket's rules that archive objects",
              e);
      default -> refusedAsByAnyService(doing, bucket, response, e);
    };
  }

  private static Failure configuration(
      String doing, String what, String remedy, String response, Exception cause) {
    String detailed = "%s (%s)".formatted(what, response);
    return new Failure(Exit.CONFIGURATION, doing, detailed, remedy, cause);
  }

  private static Failure refusedAsByAnyService(
      String doing, String bucket, String response, AwsServiceException e) {
    AwsError error = AwsError.of(e.statusCode(), code(e), message(e));
    String what = "%s (%s)".formatted(error.what(), response);
    return switch (error) {
      case DENIED ->
          failure(error, doing, what, "grant these AWS credentials read and write access there", e);
      case REGION_WRONG ->
          failure(
              error,
              doing,
              "the bucket %s is in another AWS region (%s)".formatted(bucket, response),
              region(e).map("set AWS_REGION to "::concat).orElse(error.remedy()),
              e);
      case OTHER ->
          failure(
              error,
              doing,
              "%s: %s".formatted(response, FirstLine.of(message(e))),
              "check --lake, AWS_ENDPOINT_URL and the bucket's settings",
              e);
      default -> failure(error, doing, what, error.remedy(), e);
    };
  }

  private static Failure failure(
      AwsError error, String doing, String what, String remedy, Exception cause) {
    return new Failure(error.exit(), doing, what, remedy, cause);
  }

  /// The bucket's region, if S3 named it.
  private static Optional<String> region(AwsServiceException e) {
    return details(e)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .or(() ->
            EXPECTED_REGION
                .matcher(message(e))
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst());
  }

  /// The error code of a response; empty if it had none.
  static String code(AwsServiceException e) {
    return details(e).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String message(AwsServiceException e) {
    return details(e).map(AwsErrorDetails::errorMessage).orElse("");
  }

  private static Optional<AwsErrorDetails> details(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails());
  }
}
