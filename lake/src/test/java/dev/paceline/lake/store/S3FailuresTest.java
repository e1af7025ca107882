package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What S3's errors come to: how the command ends, what it says, and what to do.
class S3FailuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | ExpiredToken            | 77 | session has expired      | sign in to AWS again
          400 | ExpiredTokenException   | 77 | session has expired      | sign in to AWS again
          400 | TokenRefreshRequired    | 77 | session has expired      | sign in to AWS again
          400 | InvalidToken            | 77 | token is not valid       | unset AWS_SESSION_TOKEN
          403 | InvalidAccessKeyId      | 77 | does not know            | AWS_ACCESS_KEY_ID
          403 | InvalidSecurity         | 77 | does not know            | AWS_ACCESS_KEY_ID
          403 | SignatureDoesNotMatch   | 77 | secret key               | AWS_SECRET_ACCESS_KEY
          400 | MissingSecurityHeader   | 77 | no valid AWS credentials | sign in to AWS again
          403 | AccessDenied            | 77 | access denied            | read and write access
          403 |                         | 77 | access denied            | read and write access
          403 | AccountProblem          | 77 | AWS account              | AWS Support
          403 | AllAccessDisabled       | 77 | AWS account              | AWS Support
          403 | NotSignedUp             | 77 | AWS account              | AWS Support
          403 | RequestTimeTooSkewed    | 78 | clock differs            | time synchronisation
          403 | RequestExpired          | 78 | clock differs            | time synchronisation
          400 | KMS.DisabledException   | 78 | KMS key                  | enable the key
          400 | KMS.NotFoundException   | 78 | KMS key                  | its region
          400 | KMS.KMSInvalidStateException | 78 | KMS key             | cancel its deletion
          400 | AuthorizationHeaderMalformed | 78 | another AWS region  | set AWS_REGION
          301 | PermanentRedirect       | 78 | another AWS region       | set AWS_REGION
          301 |                         | 78 | another AWS region       | set AWS_REGION
          400 | IllegalLocationConstraintException | 78 | another AWS region | set AWS_REGION
          404 | NoSuchBucket            | 78 | there is no bucket rides | correct --lake
          400 | InvalidBucketName       | 78 | not the name of a bucket | correct --lake
          501 | NotImplemented          | 78 | does not support         | conditional writes
          405 | MethodNotAllowed        | 78 | does not support         | conditional writes
          400 | EntityTooLarge          | 78 | of this size             | 64 MiB
          400 | InvalidRequest          | 78 | InvalidRequest           | check --lake, AWS_ENDPOINT_URL
          404 |                         | 78 | 404                      | check --lake, AWS_ENDPOINT_URL
          404 | NoSuchKey               | 65 | no such object           | restore it from a backup
          403 | InvalidObjectState      | 65 | archived                 | restore it
          503 | SlowDown                | 69 | busy                     | try again
          500 | InternalError           | 69 | busy                     | try again
          502 |                         | 69 | busy                     | try again
          400 | RequestTimeout          | 69 | busy                     | try again
          429 | TooManyRequests         | 69 | busy                     | try again
          307 | TemporaryRedirect       | 69 | busy                     | try again
          409 | OperationAborted        | 69 | busy                     | try again
          """)
  void areToldApartByTheirCodes(
      int status, @Nullable String code, int exit, String what, String remedy) {
    Failure failure = failure(status, code, "In S3's words.", SdkHttpResponse.builder().build());

    assertThat(failure.exit().code()).isEqualTo(exit);
    assertThat(failure.doing()).isEqualTo("Reading s3://rides/lake.json");
    assertThat(failure.what()).contains(what).contains(code == null ? "" : what(code));
    assertThat(failure.remedy()).contains(remedy);
  }

  private static String what(String code) {
    return code.equals("NoSuchKey") ? "no such object" : code;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | AuthorizationHeaderMalformed | The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1' | 78 | set AWS_REGION to eu-west-1
          400 | AuthorizationHeaderMalformed | The authorization header is malformed; a non-empty Access Key (AKID) must be provided in the credential. | 77 | sign in to AWS again
          403 | AccessDenied | User: arn:aws:iam::1:user/anna is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:1:key/2 because no resource-based policy allows the kms:GenerateDataKey action | 77 | in their policy and in the key's
          403 | AccessDenied | User: arn:aws:iam::1:user/anna is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::kms-rides/lake.json" | 77 | read and write access
          """)
  void areToldApartByTheMessageWhereTheCodeDoesNot(
      int status, String code, String message, int exit, String remedy) {
    Failure failure = failure(status, code, message, SdkHttpResponse.builder().build());

    assertThat(failure.exit().code()).isEqualTo(exit);
    assertThat(failure.remedy()).contains(remedy);
  }

  @Test
  void nameTheRegionOfTheBucket() {
    SdkHttpResponse response =
        SdkHttpResponse.builder().putHeader("x-amz-bucket-region", "eu-central-1").build();

    assertThat(failure(301, "PermanentRedirect", "Elsewhere.", response).remedy())
        .isEqualTo("set AWS_REGION to eu-central-1");
  }

  /// As the SDK reads them from a response.
  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken, 77",
    "400, InvalidToken, 77",
    "403, RequestTimeTooSkewed, 78",
    "404, NoSuchBucket, 78",
    "400, KMS.DisabledException, 78"
  })
  void areReadFromTheResponseOfEachCall(int status, String code, int exit) {
    try (FaultyS3 s3 = new FaultyS3()) {
      ObjectStore store = s3.store();
      s3.refuseAll(status, code, "In S3's words.");

      assertExit(exit, () -> store.read("a"));
      assertExit(exit, () -> store.open("a"));
      assertExit(exit, () -> store.putIfAbsent("a", new byte[] {1}));
      assertExit(exit, () -> store.putIfMatch("a", new byte[] {1}, "\"1\""));
      assertExit(exit, () -> store.deleteIfMatch("a", "\"1\""));
      assertExit(exit, () -> store.list("a/", ""));
      assertExit(exit, () -> store.folders("a/"));
    }
  }

  private static void assertExit(int exit, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit().code()).isEqualTo(exit));
  }

  private static Failure failure(
      int status, @Nullable String code, String message, SdkHttpResponse response) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode(code)
            .errorMessage(message)
            .sdkHttpResponse(response)
            .build();
    S3Exception thrown =
        (S3Exception)
            S3Exception.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(details)
                .build();
    return S3Failures.of("Reading s3://rides/lake.json", "rides", thrown);
  }
}
