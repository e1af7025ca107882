package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class OAuthTest {
  private static final long NOON = Instant.parse(RunningSandbox.NOON).getEpochSecond();
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void rotatesTheRefreshTokenAndInvalidatesTheOldOne() {
    String old = sandbox.refreshToken();
    JsonNode first = sandbox.refresh(old).json();
    assertThat(first.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(first.path("expires_at").longValue()).isEqualTo(NOON + 21600);
    assertThat(first.path("expires_in").longValue()).isEqualTo(21600);
    assertThat(first.path("refresh_token").asText())
        .isNotEqualTo(old)
        .isEqualTo(sandbox.refreshToken());
    RunningSandbox.Response rejected = sandbox.refresh(old);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.body())
        .isEqualTo(
            "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"RefreshToken\",\"field\":\"refresh_token\",\"code\":\"invalid\"}]}");
  }

  @Test
  void returnsTheSameTokenWhileItIsValidForMoreThanAnHour() {
    JsonNode first = sandbox.refresh(sandbox.refreshToken()).json();
    sandbox.advance("PT4H59M");
    JsonNode kept = sandbox.refresh(first.path("refresh_token").asText()).json();
    assertThat(kept.path("access_token")).isEqualTo(first.path("access_token"));
    assertThat(kept.path("refresh_token")).isEqualTo(first.path("refresh_token"));
    assertThat(kept.path("expires_in").longValue()).isEqualTo(3660);
    sandbox.advance("PT1M");
    JsonNode fresh = sandbox.refresh(first.path("refresh_token").asText()).json();
    assertThat(fresh.path("access_token")).isNotEqualTo(first.path("access_token"));
    assertThat(sandbox.get("/api/v3/athlete", first.path("access_token").asText()).status())
        .isEqualTo(200);
  }

  @Test
  void expiresAnAccessTokenAfterSixHours() {
    String token = sandbox.token();
    sandbox.advance("PT5H59M59S");
    assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(200);
    sandbox.advance("PT1S");
    RunningSandbox.Response expired = sandbox.get("/api/v3/athlete", token);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.body())
        .isEqualTo(
            "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"Application\",\"field\":\"\",\"code\":\"invalid\"}]}");
    assertThat(sandbox.get("/api/v3/athlete", "unknown").body()).isEqualTo(expired.body());
    assertThat(sandbox.withoutToken("/api/v3/athlete").body()).isEqualTo(expired.body());
  }

  /// A client that compares `expires_at` with its own time would otherwise refresh for ever.
  @Test
  void tellsTheEndOfATokenByTheHostsClockIfAsked() {
    try (RunningSandbox past = RunningSandbox.atNoon("--real-expiry")) {
      long before = Instant.now().getEpochSecond();
      JsonNode token = past.refresh(past.refreshToken()).json();
      assertThat(token.path("expires_in").longValue()).isEqualTo(21600);
      assertThat(token.path("expires_at").longValue())
          .isBetween(before + 21600, Instant.now().getEpochSecond() + 21600);
    }
  }

  /// stravalib posts to the path below `/api/v3`, strava-v3 to the other one; both send the header.
  @Test
  void deauthorizesByAnAccessTokenInAnyPlace() {
    for (String path : new String[] {"/oauth/deauthorize", "/api/v3/oauth/deauthorize"}) {
      for (boolean inHeader : new boolean[] {true, false}) {
        try (RunningSandbox other = RunningSandbox.atNoon()) {
          String token = other.token();
          RunningSandbox.Response response =
              inHeader
                  ? other.postWithToken(path, token)
                  : other.postForm(path + "?access_token=" + token, "");
          assertThat(response.status()).isEqualTo(200);
          assertThat(response.json().path("access_token").asText()).isEqualTo(token);
          assertThat(other.get("/api/v3/athlete", token).status()).isEqualTo(401);
          assertThat(other.athletes().get(0).path("refresh_token").isNull()).isTrue();
          assertThat(other.postWithToken(path, token).status()).isEqualTo(401);
          assertThat(other.calls()).contains("\"/oauth/deauthorize\":{\"200\":1,\"401\":1}");
        }
      }
    }
  }

  @Test
  void readsJsonAndFormsAtBothPaths() {
    String json =
        "{\"client_id\":20001,\"client_secret\":\"sandbox-secret\",\"grant_type\":\"refresh_token\",\"refresh_token\":\"%s\"}";
    assertThat(sandbox.postJson("/oauth/token", json.formatted(sandbox.refreshToken())).status())
        .isEqualTo(200);
    assertThat(
            sandbox
                .postJson("/api/v3/oauth/token", json.formatted(sandbox.refreshToken()))
                .status())
        .isEqualTo(200);
    assertThat(sandbox.refresh(sandbox.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void rejectsAnotherApplicationAndOtherGrantTypes() {
    String token = sandbox.refreshToken();
    String wrong =
        "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"client_id\",\"code\":\"invalid\"}]}";
    for (String credentials :
        new String[] {
          "client_id=20002&client_secret=sandbox-secret", "client_id=20001&client_secret=x", ""
        }) {
      RunningSandbox.Response rejected =
          sandbox.postForm(
              "/oauth/token", credentials + "&grant_type=refresh_token&refresh_token=" + token);
      assertThat(rejected.status()).isEqualTo(400);
      assertThat(rejected.body()).isEqualTo(wrong);
    }
    RunningSandbox.Response grant =
        sandbox.postForm(
            "/oauth/token", "client_id=20001&client_secret=sandbox-secret&grant_type=password");
    assertThat(grant.status()).isEqualTo(400);
    assertThat(sandbox.refreshToken()).isEqualTo(token);
  }

  @Test
  void sendsNoRateLimitHeadersForTokenCallsAndCountsNone() {
    RunningSandbox.Response response = sandbox.refresh(sandbox.refreshToken());
    assertThat(response.http().headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("ratelimit"));
    assertThat(sandbox.get("/api/v3/athlete").header("X-RateLimit-Usage")).isEqualTo("1,1");
  }
}
