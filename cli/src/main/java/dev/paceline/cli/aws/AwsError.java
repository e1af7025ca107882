package dev.paceline.cli.aws;

import dev.paceline.cli.failure.Exit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What an error of AWS means, whichever service returned it. The code decides; the message only
/// where AWS has one code for two things, and the status only where there is no known code.
public enum AwsError {
  SESSION_EXPIRED(
      Exit.REFUSED,
      "the AWS session has expired",
      "sign in to AWS again, or set a new AWS_SESSION_TOKEN with its keys",
      "ExpiredToken",
      "ExpiredTokenException",
      "TokenRefreshRequired"),
  SESSION_UNKNOWN(
      Exit.REFUSED,
      "the AWS session token is not valid for this access key",
      "sign in to AWS again; unset AWS_SESSION_TOKEN if the access key has none",
      "InvalidToken"),
  KEY_UNKNOWN(
      Exit.REFUSED,
      "AWS does not know this access key",
      "sign in to AWS again, or correct AWS_ACCESS_KEY_ID",
      "InvalidAccessKeyId",
      "InvalidClientTokenId",
      "InvalidSecurity",
      "UnrecognizedClientException"),
  SECRET_WRONG(
      Exit.REFUSED,
      "the secret key is not the one of this access key",
      "sign in to AWS again, or correct AWS_SECRET_ACCESS_KEY",
      "IncompleteSignature",
      "InvalidSignatureException",
      "SignatureDoesNotMatch"),
  NOT_SIGNED_IN(
      Exit.REFUSED,
      "the call had no valid AWS credentials",
      "sign in to AWS again, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      "CredentialsNotSupported",
      "MissingAuthenticationToken",
      "MissingSecurityHeader"),
  ACCOUNT_BLOCKED(
      Exit.REFUSED,
      "AWS refuses this AWS account",
      "ask its owner, or AWS Support",
      "AccountProblem",
      "AllAccessDisabled",
      "InvalidPayer",
      "NotSignedUp",
      "OptInRequired"),
  /// The clock is a setting of this host: neither other credentials nor waiting would help.
  CLOCK_WRONG(
      Exit.CONFIGURATION,
      "this host's clock differs too much from AWS's",
      "set it (turn on time synchronisation), and try again",
      "RequestExpired",
      "RequestInTheFuture",
      "RequestTimeTooSkewed"),
  ENCRYPTION_KEY_DENIED(
      Exit.REFUSED,
      "access to the KMS key that encrypts it was denied",
      "grant these AWS credentials kms:Decrypt and kms:GenerateDataKey, in their policy and in the"
          + " key's",
      "KMS.AccessDeniedException",
      "KMSAccessDeniedException"),
  ENCRYPTION_KEY_UNUSABLE(
      Exit.CONFIGURATION,
      "the KMS key that encrypts it cannot be used",
      "enable the key or cancel its deletion, and check its policy and its region",
      "DecryptionFailure",
      "EncryptionFailure",
      "KMS.DisabledException",
      "KMS.InvalidKeyUsageException",
      "KMS.InvalidStateException",
      "KMS.KMSInvalidStateException",
      "KMS.NotFoundException"),
  REGION_WRONG(
      Exit.CONFIGURATION,
      "it is in another AWS region",
      "set AWS_REGION to that region",
      "AuthorizationHeaderMalformed",
      "IllegalLocationConstraintException",
      "IncorrectEndpoint",
      "InvalidLocationConstraint",
      "PermanentRedirect"),
  BUSY(
      Exit.UNAVAILABLE,
      "the service is busy or has a problem",
      "try again in a few minutes",
      "BandwidthLimitExceeded",
      "ConditionalRequestConflict",
      "InternalError",
      "InternalFailure",
      "InternalServerError",
      "InternalServiceError",
      "OperationAborted",
      "PriorRequestNotComplete",
      "ProvisionedThroughputExceededException",
      "RequestLimitExceeded",
      "RequestTimeout",
      "RequestTimeoutException",
      "ServiceUnavailable",
      "SlowDown",
      "TemporaryRedirect"),
  DENIED(
      Exit.REFUSED,
      "access denied",
      "grant these AWS credentials what it needs",
      "AccessDenied",
      "AccessDeniedException",
      "NotAuthorized",
      "UnauthorizedAccess",
      "UnauthorizedOperation"),
  /// An error that is neither in this table nor clear from its status.
  OTHER(Exit.CONFIGURATION, "the call was refused", "check the name and the region");

  private static final int MOVED_PERMANENTLY = 301;
  private static final int FORBIDDEN = 403;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private static final Pattern THROTTLED = Pattern.compile("Throttl|TooMany");

  /// S3 and Secrets Manager name the action or the key; SSM passes on KMS's own words.
  private static final Pattern ABOUT_KMS =
      Pattern.compile("\\bkms:[A-Z]|:kms:|\\bKMS key|customer master key");

  /// Signature version 4: `Signature expired: … is now earlier than …`, `Signature not yet
  /// current`.
  private static final Pattern ABOUT_TIME =
      Pattern.compile("Signature expired|Signature not yet current");

  /// `AuthorizationHeaderMalformed` is a wrong region, or a credential that is empty or malformed.
  private static final Pattern ABOUT_CREDENTIAL = Pattern.compile("(?i)credential|access key");

  private final Exit exit;
  private final String what;
  private final String remedy;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<String> codes;

  AwsError(Exit exit, String what, String remedy, String... codes) {
    this.exit = exit;
    this.what = what;
    this.remedy = remedy;
    this.codes = Set.of(codes);
  }

  /// The meaning of a response.
  ///
  /// @param code empty if the response had none
  /// @param message empty if the response had none; it is only searched, and may hold a secret
  public static AwsError of(int status, String code, String message) {
    AwsError coded = byCode(code).orElseGet(() -> byStatus(status));
    return switch (coded) {
      case DENIED -> ABOUT_KMS.matcher(message).find() ? ENCRYPTION_KEY_DENIED : coded;
      case SECRET_WRONG -> ABOUT_TIME.matcher(message).find() ? CLOCK_WRONG : coded;
      case REGION_WRONG -> ABOUT_CREDENTIAL.matcher(message).find() ? NOT_SIGNED_IN : coded;
      default -> coded;
    };
  }

  private static Optional<AwsError> byCode(String code) {
    if (THROTTLED.matcher(code).find()) {
      return Optional.of(BUSY);
    }
    return EnumSet.allOf(AwsError.class).stream()
        .filter(error -> error.codes.contains(code))
        .findFirst();
  }

  private static AwsError byStatus(int status) {
    return switch (status) {
      case MOVED_PERMANENTLY -> REGION_WRONG;
      case FORBIDDEN -> DENIED;
      case REQUEST_TIMEOUT, TOO_MANY_REQUESTS -> BUSY;
      default -> status >= SERVER_ERROR ? BUSY : OTHER;
    };
  }

  /// How a command ends.
  public Exit exit() {
    return exit;
  }

  /// What went wrong, e.g. `the AWS session has expired`.
  public String what() {
    return what;
  }

  /// What to do next; for [#DENIED] and [#OTHER] the caller knows better.
  public String remedy() {
    return remedy;
  }
}
