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

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, REFUSED, grant these AWS credentials ssm:PutParameter",
    "403, '', REFUSED, grant these AWS credentials ssm:PutParameter",
    "400, UnrecognizedClientException, REFUSED, sign in to AWS again",
    "400, ExpiredTokenException, REFUSED, sign in to AWS again",
    "400, ThrottlingException, UNAVAILABLE, try again",
    "500, InternalServerError, UNAVAILABLE, try again",
    "400, InvalidKeyId, CONFIGURATION, check the name"
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
