package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Responses that never end, that never begin, or that are too large for memory.
@Timeout(60)
class HttpLimitsTest extends HttpTestCase {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration AMPLE = Duration.ofSeconds(1);

  @Test
  void aSlowResponseTimesOutInTotal() {
    api.usesLimits(new HttpLimits(LONG, LONG, SHORT, 1 << 20));
    api.respondsWith("/things", WireMock.okJson("[1,2,3,4]").withChunkedDribbleDelay(9, 60_000));

    Failure failure = failure();

    assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(failure.what())
        .isEqualTo("the response was not complete after 200 ms (tried 4 times)");
  }

  @Test
  void aSlowResponseWithinTheLimitIsRead() {
    api.respondsWith("/things", WireMock.okJson("[1,2,3,4]").withChunkedDribbleDelay(9, 100));

    assertThat(found(get())).isEqualTo("[1,2,3,4]");
  }

  @Test
  void aSilentResponseTimesOut() {
    api.usesLimits(new HttpLimits(LONG, AMPLE, LONG, 1 << 20));
    api.respondsWith(
        "/things", WireMock.okJson("[]").withFixedDelay(60_000), WireMock.okJson("[\"again\"]"));

    assertThat(found(get())).isEqualTo("[\"again\"]");
  }

  @Test
  void theDeadlineOfTheFirstAttemptDoesNotEndTheOthers() {
    api.usesLimits(new HttpLimits(LONG, LONG, AMPLE, 1 << 20));
    api.respondsWith(
        "/things",
        WireMock.okJson("[1]").withChunkedDribbleDelay(3, 60_000),
        WireMock.okJson("[1]"));

    assertThat(found(get())).isEqualTo("[1]");
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() {
    api.usesLimits(new HttpLimits(LONG, LONG, LONG, 1000));
    api.respondsWith("/things", WireMock.okJson("[\"" + "x".repeat(5_000_000) + "\"]"));

    ApiResponse.Refused<?> refused = refused(get());

    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.reason()).isEqualTo("its body is larger than 1000 bytes");
    assertThat(refused.body()).hasSize(1000);
    assertThat(api.calls()).as("it would be as large the next time").hasSize(1);
  }

  @Test
  void onlyTheBeginningOfALongErrorIsKept() {
    api.respondsWith(
        "/things", WireMock.status(422).withBody("{\"message\":\"" + "x".repeat(500_000)));

    ApiResponse.Refused<?> refused = refused(get());

    assertThat(refused.reason()).isEqualTo("the source returned 422 (not JSON)");
    assertThat(refused.body()).hasSize(64 << 10);
  }

  @Test
  void onlyTheBeginningOfAnUnreadableBodyIsKept() {
    api.respondsWith("/things", WireMock.okJson("x".repeat(500_000)));

    ApiResponse.Refused<?> refused = refused(get());

    assertThat(refused.body()).hasSize(64 << 10);
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() {
    api.usesLimits(new HttpLimits(LONG, LONG, LONG, 1000));
    api.respondsWith("/things", WireMock.okJson("\"" + "x".repeat(998) + "\""));

    assertThat(found(get())).hasSize(1000);
  }
}
