package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How an application comes by its tokens, and how it loses them.
final class ConsentTest {
  private static final String ASK =
      "/oauth/authorize?client_id=20001&redirect_uri=http://localhost:1/done&response_type=code"
          + "&approval_prompt=auto&state=x%26y&scope=read,activity:read_all,profile:read_all";
  private RunningSandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.atNoon("--athletes", "2");
  }

  @AfterEach
  void end() {
    sandbox.close();
  }

  @Test
  void tradesACodeForTokensOnce() {
    RunningSandbox.Response asked = sandbox.withoutToken(ASK);
    assertThat(asked.status()).isEqualTo(302);
    assertThat(asked.header("Location")).startsWith("http://localhost:1/done?");
    Map<String, String> answer = answer(asked);
    assertThat(answer)
        .containsEntry("state", "x&y")
        .containsEntry("scope", "read,profile:read_all,activity:read_all");
    String old = sandbox.refreshToken();
    JsonNode tokens = exchange(answer).json();
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
    RunningSandbox.Response again = exchange(answer);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body())
        .isEqualTo(
            "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"RequestToken\",\"field\":\"code\",\"code\":\"invalid\"}]}");
  }

  @Test
  void grantsWhatIsNotUntickedByTheAthleteWhoIsNamed() {
    long second = sandbox.athletes().get(1).path("id").longValue();
    String query = ASK + "&untick=profile:read_all&athlete=" + second;
    Map<String, String> answer = answer(sandbox.withoutToken(query));
    assertThat(answer).containsEntry("scope", "read,activity:read_all");
    JsonNode tokens = exchange(answer).json();
    assertThat(tokens.path("athlete").path("id").longValue()).isEqualTo(second);
    assertThat(sandbox.athletes().get(1).path("scopes"))
        .extracting(JsonNode::asText)
        .containsExactly("read", "activity:read_all");
  }

  @Test
  void doesAsTheControlSaysWhereTheAddressCannotBeChanged() {
    long second = sandbox.athletes().get(1).path("id").longValue();
    sandbox.control(
        "PUT", "/consent", "{\"athlete\":%d,\"untick\":[\"activity:read_all\"]}".formatted(second));
    Map<String, String> answer = answer(sandbox.withoutToken(ASK));
    assertThat(answer).containsEntry("scope", "read,profile:read_all");
    assertThat(exchange(answer).json().path("athlete").path("id").longValue()).isEqualTo(second);
    sandbox.control("PUT", "/consent", "{\"refuse\":true}");
    assertThat(answer(sandbox.withoutToken(ASK)))
        .containsEntry("error", "access_denied")
        .doesNotContainKey("code");
  }

  @Test
  void tellsOfARefusal() {
    Map<String, String> answer = answer(sandbox.withoutToken(ASK + "&refuse=true"));
    assertThat(answer)
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
  void refusesAQuestionThatStravaRefuses(String query) {
    RunningSandbox.Response refused = sandbox.withoutToken("/oauth/authorize?" + query);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").get(0).path("code").asText()).isEqualTo("invalid");
    assertThat(refused.header("Location")).isEmpty();
  }

  @Test
  void killsBothTokensWhenEitherIsRevoked() {
    for (boolean access : new boolean[] {true, false}) {
      JsonNode tokens = exchange(answer(sandbox.withoutToken(ASK))).json();
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
  void diesWhenTheAthleteRevokesItAndLivesAfterANewConsent() {
    String token = sandbox.token();
    String refresh = sandbox.refreshToken();
    sandbox.control("POST", "/athletes/" + sandbox.athlete() + "/revoke", "");
    assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(401);
    assertThat(sandbox.refresh(refresh).status()).isEqualTo(400);
    assertThat(sandbox.athletes().get(0).path("refresh_token").isNull()).isTrue();
    JsonNode tokens = exchange(answer(sandbox.withoutToken(ASK))).json();
    assertThat(sandbox.refresh(tokens.path("refresh_token").asText()).status()).isEqualTo(200);
  }

  private RunningSandbox.Response exchange(Map<String, String> answer) {
    return sandbox.postForm(
        "/oauth/token",
        "client_id=20001&client_secret=sandbox-secret&grant_type=authorization_code&code="
            + answer.getOrDefault("code", ""));
  }

  /// The parameters of the address to which the browser is sent.
  private static Map<String, String> answer(RunningSandbox.Response asked) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : URI.create(asked.header("Location")).getRawQuery().split("&", -1)) {
      String[] both = pair.split("=", 2);
      parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
