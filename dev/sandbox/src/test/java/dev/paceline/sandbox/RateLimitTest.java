package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateLimitTest {

  @Test
  void sendsStravasLimitsOnEveryResponse() {
    try (RunningSandbox sandbox =
        RunningSandbox.with("--years", "1", "--clock", RunningSandbox.NOON)) {
      RunningSandbox.Response found = sandbox.get("/api/v3/athlete");
      assertThat(found.header("x-ratelimit-limit")).isEqualTo("200,2000");
      assertThat(found.header("X-RateLimit-Usage")).isEqualTo("1,1");
      assertThat(found.header("X-ReadRateLimit-Limit")).isEqualTo("100,1000");
      assertThat(found.header("X-ReadRateLimit-Usage")).isEqualTo("1,1");
      RunningSandbox.Response missing = sandbox.get("/api/v3/activities/17");
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.header("X-ReadRateLimit-Usage")).isEqualTo("2,2");
      assertThat(sandbox.get("/api/v3/athlete", "unknown").header("X-ReadRateLimit-Usage"))
          .isEqualTo("2,2");
    }
  }

  @Test
  void rejectsAndCountsCallsBeyondTheLimit() {
    try (RunningSandbox sandbox = limited("9/99,2/50")) {
      String token = sandbox.token();
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(200);
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(200);
      RunningSandbox.Response rejected = sandbox.get("/api/v3/athlete", token);
      assertThat(rejected.status()).isEqualTo(429);
      assertThat(rejected.body())
          .isEqualTo("{\"message\":\"Too Many Requests\",\"errors\":\"Rate Limit Exceeded\"}");
      assertThat(rejected.header("X-ReadRateLimit-Usage")).isEqualTo("3,3");
      assertThat(rejected.header("Retry-After")).isEmpty();
    }
  }

  @Test
  void startsAWindowAtTheQuarterHourAndADayAtMidnight() {
    try (RunningSandbox sandbox = limited("2/99,2/50")) {
      sandbox.control("PUT", "/clock", "{\"now\":\"2026-07-15T23:44:59Z\"}");
      String token = sandbox.token();
      sandbox.get("/api/v3/athlete", token);
      sandbox.get("/api/v3/athlete", token);
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(429);
      sandbox.advance("PT1S");
      RunningSandbox.Response next = sandbox.get("/api/v3/athlete", token);
      assertThat(next.status()).isEqualTo(200);
      assertThat(next.header("X-RateLimit-Usage")).isEqualTo("1,4");
      sandbox.advance("PT15M");
      assertThat(sandbox.get("/api/v3/athlete", token).header("X-RateLimit-Usage"))
          .isEqualTo("1,1");
    }
  }

  @Test
  void enforcesTheDailyLimitAsWell() {
    try (RunningSandbox sandbox = limited("99/99,99/2")) {
      String token = sandbox.token();
      sandbox.get("/api/v3/athlete", token);
      sandbox.advance("PT15M");
      sandbox.get("/api/v3/athlete", token);
      sandbox.advance("PT15M");
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(429);
    }
  }

  @Test
  void isSharedByAllAthletesOfTheApplication() {
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--athletes", "2")) {
      String other =
          sandbox
              .refresh(sandbox.athletes().get(1).path("refresh_token").asText())
              .json()
              .path("access_token")
              .asText();
      sandbox.get("/api/v3/athlete", other);
      assertThat(sandbox.get("/api/v3/athlete").header("X-RateLimit-Usage")).isEqualTo("2,2");
    }
  }

  @Test
  void acceptsOtherLimitsWhileRunning() {
    try (RunningSandbox sandbox = limited("1/1,1/1")) {
      String token = sandbox.token();
      sandbox.get("/api/v3/athlete", token);
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(429);
      assertThat(sandbox.control("PUT", "/limits", "{\"limits\":\"off\"}").status()).isEqualTo(200);
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(200);
      assertThat(sandbox.control("PUT", "/limits", "{\"limits\":\"many\"}").status())
          .isEqualTo(400);
    }
  }

  private static RunningSandbox limited(String limits) {
    return RunningSandbox.with("--years", "1", "--clock", RunningSandbox.NOON, "--limits", limits);
  }
}
