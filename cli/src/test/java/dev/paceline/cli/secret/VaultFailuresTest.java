package dev.paceline.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.model.SsmException;

/// Responses of AWS with codes that moto does not use.
class VaultFailuresTest {

  /// The service's message is searched, never quoted.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          InvalidSignatureException | Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z | CONFIGURATION | clock differs
          AccessDeniedException | The ciphertext refers to a customer master key that does not exist | REFUSED | KMS key
          AccessDeniedException | User: anna is not authorized to perform: ssm:GetParameter | REFUSED | access denied
          """)
  void tellsWhatOneCodeSaysOfTwoThings(String code, String message, Exit exit, String what) {
    SsmException thrown =
        (SsmException)
            SsmException.builder()
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                .build();

    Failure failure =
        new VaultFailures("SSM", Exit.REFUSED).failure("Reading ssm:/token", "", thrown);

    assertThat(failure.exit()).isEqualTo(exit);
    assertThat(failure).hasMessageContaining(what).hasMessageNotContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, REFUSED, grant these AWS credentials ssm:PutParameter",
    "403, '', REFUSED, grant these AWS credentials ssm:PutParameter",
    "400, UnrecognizedClientException, REFUSED, sign in to AWS again",
    "400, ExpiredTokenException, REFUSED, sign in to AWS again",
    "400, ThrottlingException, UNAVAILABLE, try again",
    "500, InternalServerError, UNAVAILABLE, try again",
    "400, InvalidKeyId, CONFIGURATION, check the name",
    "400, InvalidClientTokenId, REFUSED, correct AWS_ACCESS_KEY_ID",
    "400, InvalidSignatureException, REFUSED, correct AWS_SECRET_ACCESS_KEY",
    "400, ExpiredToken, REFUSED, sign in to AWS again",
    "400, RequestExpired, CONFIGURATION, time synchronisation",
    "400, DecryptionFailure, CONFIGURATION, enable the key",
    "400, TooManyUpdates, UNAVAILABLE, try again",
    "400, OptInRequired, REFUSED, AWS Support",
    "400, InternalServiceError, UNAVAILABLE, try again"
  })
  void becomesASentenceThatNeverQuotesTheSecret(int status, String code, Exit exit, String remedy) {
    SsmException thrown =
        (SsmException)
            SsmException.builder()
                .statusCode(status)
                .message("Value 'hush' at 'value' failed to satisfy a constraint")
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

    Failure failure =
        new VaultFailures("SSM", Exit.REFUSED)
            .failure("Writing ssm:/token", "ssm:PutParameter", thrown);

    assertThat(failure.exit()).isEqualTo(exit);
    assertThat(failure)
        .hasMessageContaining("ssm:/token")
        .hasMessageContaining(code)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }
}
