package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How an application gets its tokens, and how it loses them.
final class ConsentTest {
  private static final String AUTHORIZE =
      "/oauth/authorize?client_id=20001&redirect_uri=http://localhost:1/done&response_type=code"
          + "&approval_prompt=auto&state=x%26y&scope=read,activity:read_all,profile:read_all";
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon("--athletes", "2");

  @Test
  void exchangesACodeForTokensOnce() {
    RunningSandbox.Response redirect = sandbox.withoutToken(AUTHORIZE);
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).startsWith("http://localhost:1/done?");
    Map<String, String> redirectParameters = redirectParameters(redirect);
    assertThat(redirectParameters)
        .containsEntry("state", "x&y")
        .containsEntry("scope", "read,profile:read_all,activity:read_all");
    String old = sandbox.refreshToken();
    JsonNode tokens = exchange(redirectParameters).json();
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").intValue()).isEqualTo(21_600);
    assertThat(tokens.path("athlete").path("id").longValue()).isEqualTo(sandbox.athlete());
    assertThat(tokens.path("athlete").path("resource_state").intValue()).isEqualTo(2);
    assertThat(tokens.path("athlete").has("weight")).isFalse();
    assertThat(tokens.path("refresh_token").asText())
        .isNotEqualTo(old)
        .isEqualTo(sandbox.refreshToken());
    assertThat(sandbox.get("/api/v3/athlete", tokens.path("access_token").asText()).status())
        .isEqualTo(200);
    RunningSandbox.Response again = exchange(redirectParameters);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body())
        .isEqualTo(
            "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"RequestToken\",\"field\":\"code\",\"code\":\"invalid\"}]}");
  }

  @Test
  void grantsTheTickedScopesOfTheNamedAthlete() {
    long second = sandbox.athletes().get(1).path("id").longValue();
    String query = AUTHORIZE + "&untick=profile:read_all&athlete=" + second;
    Map<String, String> redirectParameters = redirectParameters(sandbox.withoutToken(query));
    assertThat(redirectParameters).containsEntry("scope", "read,activity:read_all");
    JsonNode tokens = exchange(redirectParameters).json();
    assertThat(tokens.path("athlete").path("id").longValue()).isEqualTo(second);
    assertThat(sandbox.athletes().get(1).path("scopes"))
        .extracting(JsonNode::asText)
        .containsExactly("read", "activity:read_all");
  }

  @Test
  void usesTheConsentSetThroughTheControlApi() {
    long second = sandbox.athletes().get(1).path("id").longValue();
    sandbox.control(
        "PUT", "/consent", "{\"athlete\":%d,\"untick\":[\"activity:read_all\"]}".formatted(second));
    Map<String, String> redirectParameters = redirectParameters(sandbox.withoutToken(AUTHORIZE));
    assertThat(redirectParameters).containsEntry("scope", "read,profile:read_all");
    assertThat(exchange(redirectParameters).json().path("athlete").path("id").longValue())
        .isEqualTo(second);
    sandbox.control("PUT", "/consent", "{\"refuse\":true}");
    assertThat(redirectParameters(sandbox.withoutToken(AUTHORIZE)))
        .containsEntry("error", "access_denied")
        .doesNotContainKey("code");
  }

  @Test
  void reportsARefusal() {
    Map<String, String> redirectParameters =
        redirectParameters(sandbox.withoutToken(AUTHORIZE + "&refuse=true"));
    assertThat(redirectParameters)
        .containsEntry("error", "access_denied")
        .containsEntry("state", "x&y")
        .doesNotContainKey("code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=20002&redirect_uri=http://localhost/&response_type=code&scope=read",
        "client_id=20001&redirect_uri=ftp://localhost/&response_type=code&scope=read",
        "client_id=20001&redirect_uri=localhost&response_type=code&scope=read",
        "client_id=20001&response_type=code&scope=read",
        "client_id=20001&redirect_uri=http://localhost/&response_type=token&scope=read",
        "client_id=20001&redirect_uri=http://localhost/&response_type=code&scope=everything",
        "client_id=20001&redirect_uri=http://localhost/&response_type=code"
      })
  void rejectsAnInvalidAuthorizationRequest(String query) {
    RunningSandbox.Response rejected = sandbox.withoutToken("/oauth/authorize?" + query);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.json().path("errors").get(0).path("code").asText()).isEqualTo("invalid");
    assertThat(rejected.header("Location")).isEmpty();
  }

  @Test
  void revokesBothTokensWhenEitherIsRevoked() {
    for (boolean access : new boolean[] {true, false}) {
      JsonNode tokens = exchange(redirectParameters(sandbox.withoutToken(AUTHORIZE))).json();
      String accessToken = tokens.path("access_token").asText();
      String refreshToken = tokens.path("refresh_token").asText();
      assertThat(sandbox.revoke("unknown", "20001:sandbox-secret").status()).isEqualTo(200);
      assertThat(sandbox.revoke(accessToken, "20001:wrong").status()).isEqualTo(400);
      assertThat(sandbox.get("/api/v3/athlete", accessToken).status()).isEqualTo(200);
      String one = access ? accessToken : refreshToken;
      assertThat(sandbox.revoke(one, "20001:sandbox-secret").status()).isEqualTo(200);
      assertThat(sandbox.get("/api/v3/athlete", accessToken).status()).isEqualTo(401);
      assertThat(sandbox.refresh(refreshToken).status()).isEqualTo(400);
    }
  }

  @Test
  void losesAccessOnRevocationAndRegainsItWithANewConsent() {
    String token = sandbox.token();
    String refresh = sandbox.refreshToken();
    sandbox.control("POST", "/athletes/" + sandbox.athlete() + "/revoke", "");
    assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(401);
    assertThat(sandbox.refresh(refresh).status()).isEqualTo(400);
    assertThat(sandbox.athletes().get(0).path("refresh_token").isNull()).isTrue();
    JsonNode tokens = exchange(redirectParameters(sandbox.withoutToken(AUTHORIZE))).json();
    assertThat(sandbox.refresh(tokens.path("refresh_token").asText()).status()).isEqualTo(200);
  }

  private RunningSandbox.Response exchange(Map<String, String> redirectParameters) {
    return sandbox.postForm(
        "/oauth/token",
        "client_id=20001&client_secret=sandbox-secret&grant_type=authorization_code&code="
            + redirectParameters.getOrDefault("code", ""));
  }

  /// The parameters of the URL that the browser is redirected to.
  private static Map<String, String> redirectParameters(RunningSandbox.Response redirect) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : URI.create(redirect.header("Location")).getRawQuery().split("&", -1)) {
      String[] both = pair.split("=", 2);
      parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
