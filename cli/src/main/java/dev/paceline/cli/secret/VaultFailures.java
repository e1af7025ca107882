package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the SDK's exceptions mean to somebody who runs a command. What a service says in words goes
/// nowhere, nor does its exception: it may quote the value that it was sent.
///
/// @param right what the credentials need
/// @param refusal how a command ends whose credentials are refused
record VaultFailures(String service, String doing, String right, Exit refusal) {

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

  Failure of(SdkException thrown) {
    return switch (thrown) {
      case AwsServiceException answered -> answered(answered.statusCode(), code(answered));
      case SdkClientException nobody when FirstLine.of(nobody).contains("credentials") ->
          new Failure(
              refusal,
              doing,
              "no AWS credentials were found",
              "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a"
                  + " role",
              nobody);
      default ->
          new Failure(
              Exit.UNAVAILABLE,
              doing,
              "%s cannot be reached (%s)".formatted(service, FirstLine.of(thrown)),
              "check the network, the region and AWS_ENDPOINT_URL",
              thrown);
    };
  }

  /// Denials mostly come as 400 with a code; a proxy or another server's IAM answers 403 without.
  private Failure answered(int status, String code) {
    String answer = "%s answered %d %s".formatted(service, status, code).strip();
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      return new Failure(
          refusal, doing, answer, "sign in to AWS again, or correct the keys of these credentials");
    }
    if (DENIED.contains(code) || status == FORBIDDEN) {
      return new Failure(
          refusal,
          doing,
          "access denied (%s)".formatted(answer),
          "give these AWS credentials the right " + right);
    }
    boolean passing = status >= 500 || code.contains("Throttling") || code.contains("TooMany");
    return passing
        ? new Failure(Exit.UNAVAILABLE, doing, answer, "try again in a few minutes")
        : new Failure(
            Exit.CONFIGURATION,
            doing,
            answer,
            "check the name, the region and the key it is encrypted with");
  }

  private static String code(AwsServiceException answered) {
    return answered.awsErrorDetails() == null
        ? ""
        : String.valueOf(answered.awsErrorDetails().errorCode());
  }
}
