package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class S3TimeTest {

  @Test
  void isTheDateOfTheResponse() {
    assertThat(S3Time.of("Reading", response("Sat, 28 Nov 2026 15:05:12 GMT")))
        .isEqualTo(Instant.parse("2026-11-28T15:05:12Z"));
  }

  /// This host's clock is no substitute.
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "2026-11-28", "Sat, 32 Nov 2026 15:05:12 GMT"})
  void isNotGuessed(@Nullable String date) {
    assertThatThrownBy(() -> S3Time.of("Reading s3://rides/a", response(date)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessageContainingAll("s3://rides/a", "does not say what time it is");
  }

  private static GetObjectResponse response(@Nullable String date) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder();
    if (date != null) {
      response.putHeader("Date", date);
    }
    return (GetObjectResponse)
        GetObjectResponse.builder().sdkHttpResponse(response.build()).build();
  }
}
