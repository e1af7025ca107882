package dev.paceline.cli.secret;

import dev.paceline.cli.aws.AwsError;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Translates the SDK's exceptions into failures that the user can act on. A service's own message
/// and exception are dropped: they may quote the value that was sent.
///
/// @param refusal the exit when AWS refuses the credentials
record VaultFailures(String service, Exit refusal) {

  /// Makes a call to the service.
  ///
  /// @param doing what the call does, for messages
  /// @param permissions the IAM actions that the call needs
  <T> T translate(String doing, String permissions, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failure(doing, permissions, e);
    }
  }

  Failure failure(String doing, String permissions, SdkException thrown) {
    return switch (thrown) {
      case AwsServiceException e -> serviceFailure(doing, permissions, e);
      case SdkClientException e when FirstLine.of(e).contains("credentials") ->
          new Failure(
              refusal,
              doing,
              "no AWS credentials were found",
              "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a"
                  + " role",
              e);
      default ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "%s cannot be reached (%s)".formatted(service, FirstLine.of(thrown)),
              "check the network, the region and AWS_ENDPOINT_URL",
              thrown);
    };
  }

  private Failure serviceFailure(String doing, String permissions, AwsServiceException e) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).orElse("");
    String message = details.map(AwsErrorDetails::errorMessage).orElse("");
    AwsError error = AwsError.of(e.statusCode(), code, message);
    String response = "%s returned %d %s".formatted(service, e.statusCode(), code).strip();
    return new Failure(
        error.exit() == Exit.REFUSED ? refusal : error.exit(),
        doing,
        error == AwsError.OTHER ? response : "%s (%s)".formatted(error.what(), response),
        switch (error) {
          case DENIED -> "grant these AWS credentials " + permissions;
          case OTHER -> "check the name, the region and the encryption key";
          default -> error.remedy();
        });
  }
}
