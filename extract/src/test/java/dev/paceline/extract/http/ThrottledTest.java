package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A source that asks the client to wait: for a short pause the call waits, for a longer one the
/// run ends. The source's clock is at 12:00:00, years ago.
@Timeout(60)
class ThrottledTest extends HttpTestCase {

  private static final String NOON = "Wed, 01 Jan 2020 12:00:00 GMT";

  private static ResponseDefinitionBuilder atNoon(int status) {
    return WireMock.jsonResponse("{\"message\":\"slow down\"}", status).withHeader("Date", NOON);
  }

  private static ResponseDefinitionBuilder withRetryAfter(int status, String retryAfter) {
    return atNoon(status).withHeader("Retry-After", retryAfter);
  }

  @ParameterizedTest
  @CsvSource({
    "429, 0",
    "503, 0",
    "429, 'Wed, 01 Jan 2020 12:00:00 GMT'",
    "503, 'Wed, 01 Jan 2020 11:00:00 GMT'"
  })
  void retriesAfterThePause(int status, String retryAfter) {
    api.respondsWith("/things", withRetryAfter(status, retryAfter), WireMock.okJson("[]"));

    assertThat(found(get())).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "503, 121, 2020-01-01T12:02:01Z",
    "503, 'Wed, 01 Jan 2020 12:40:00 GMT', 2020-01-01T12:40:00Z",
    "429, 1200, 2020-01-01T12:20:00Z",
    "429, 'Wed, 01 Jan 2020 13:00:00 GMT', 2020-01-01T13:00:00Z"
  })
  void endsTheRunIfThePauseIsLong(int status, String retryAfter, Instant resume) {
    api.respondsWith("/things", withRetryAfter(status, retryAfter));

    Failure failure = failure();

    assertThat(failure.exit()).isEqualTo(Exit.TRY_AGAIN);
    assertThat(failure.resumeAt()).contains(resume);
    assertThat(failure.what()).isEqualTo("the source returned %d slow down".formatted(status));
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void resumesWithTheWindowIfItEndsLater() {
    api.respondsWith("/things", withRetryAfter(429, "300"));

    assertThat(failure().resumeAt()).contains(Instant.parse("2020-01-01T12:15:00Z"));
  }

  @Test
  void makesNoSecondCallAfterA429WithoutRetryAfter() {
    api.respondsWith("/things", atNoon(429));

    assertThat(failure().exit()).isEqualTo(Exit.TRY_AGAIN);
    assertThat(api.calls()).as("a refused call counts as well").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 500})
  void makesNoSecondCallWhenTheBudgetIsSpent(int status) {
    api.respondsWith(
        "/things",
        withRetryAfter(status, "60").withHeader("X-Limit", "100").withHeader("X-Usage", "100"));

    Failure failure = failure();

    assertThat(failure.exit()).isEqualTo(Exit.TRY_AGAIN);
    assertThat(failure.resumeAt()).contains(Instant.parse("2020-01-01T12:15:00Z"));
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void givesUpIfEachAttemptIsThrottled() {
    api.respondsWith("/things", withRetryAfter(429, "0"));

    assertThat(failure().exit()).isEqualTo(Exit.TRY_AGAIN);
    assertThat(api.calls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999"})
  void ignoresAnUnreadableRetryAfter(String retryAfter) {
    api.respondsWith("/things", withRetryAfter(503, retryAfter), WireMock.okJson("[]"));

    assertThat(found(get())).isEqualTo("[]");
  }
}
