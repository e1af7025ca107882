package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Translates the SDK's exceptions into failures that the user can act on. A service's own message
/// and exception are dropped: they may quote the value that was sent.
///
/// @param refusal the exit when AWS refuses the credentials
record VaultFailures(String service, Exit refusal) {

  private static final int FORBIDDEN = 403;

  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired");

  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "ExpiredToken",
          "ExpiredTokenException");

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
      case AwsServiceException e -> serviceFailure(doing, permissions, e.statusCode(), code(e));
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

  /// AWS mostly denies with a 400 and a code; a proxy or another server's IAM sends a bare 403.
  private Failure serviceFailure(String doing, String permissions, int status, String code) {
    String response = "%s returned %d %s".formatted(service, status, code).strip();
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      return new Failure(
          refusal,
          doing,
          response,
          "sign in to AWS again, or correct the keys of these credentials");
    }
    if (DENIED.contains(code) || status == FORBIDDEN) {
      return new Failure(
          refusal,
          doing,
          "access denied (%s)".formatted(response),
          "grant these AWS credentials " + permissions);
    }
    boolean isTransient = status >= 500 || code.contains("Throttling") || code.contains("TooMany");
    return isTransient
        ? new Failure(Exit.UNAVAILABLE, doing, response, "try again in a few minutes")
        : new Failure(
            Exit.CONFIGURATION,
            doing,
            response,
            "check the name, the region and the encryption key");
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
