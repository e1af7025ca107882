package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.ErrorRule;
import dev.paceline.extract.api.ErrorRule.Meaning;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The meaning of a response by its status, and by the rules of api.yaml.
class ResponseKindTest extends HttpTestCase {

  private static final String ERROR = "{\"message\":\"error\"}";

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void isNotFoundFor404And410(int status) {
    api.respondsWith("/things", WireMock.status(status)); // an empty body

    assertThat(get()).isInstanceOf(ApiResponse.NotFound.class);
    assertThat(api.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 502, 503, 504, 599})
  void isRetriedAfterATransientError(int status) {
    api.respondsWith("/things", WireMock.status(status), WireMock.okJson("[]"));

    assertThat(found(get())).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 502, 503})
  void isRefusedAfterFourAttempts(int status) {
    api.respondsWith("/things", WireMock.jsonResponse(ERROR, status));

    ApiResponse.Refused<?> refused = refused(get());

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.reason()).isEqualTo("the source returned " + status + " error");
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).isEqualTo(ERROR);
    assertThat(api.calls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 422, 204})
  void isRefusedImmediatelyAfterAPermanentError(int status) {
    api.respondsWith("/things", WireMock.status(status));

    assertThat(refused(get()).status()).isEqualTo(status);
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void aRefusedTokenIsReplacedOnce() {
    api.respondsWith("/things", WireMock.jsonResponse(ERROR, 401), WireMock.okJson("[]"));

    assertThat(found(get())).isEqualTo("[]");

    assertThat(api.refusals()).containsExactly("error");
    assertThat(api.header("Authorization"))
        .containsExactly("Bearer " + StubbedApi.TOKEN + "0", "Bearer " + StubbedApi.TOKEN + "1");
  }

  @Test
  void deniesTheObjectIfTheNewTokenIsRefusedToo() {
    api.respondsWith("/things", WireMock.jsonResponse(ERROR, 401));

    assertThat(denied().failure().exit()).isEqualTo(Exit.REFUSED);
    assertThat(api.refusals()).hasSize(1);
    assertThat(api.calls()).hasSize(2);
  }

  @Test
  void deniesTheObjectAt403() {
    api.respondsWith("/things", WireMock.jsonResponse(ERROR, 403));

    ApiResponse.Denied<JsonNode> denied = denied();

    assertThat(denied.lacksScope()).isFalse();
    assertThat(denied.failure().exit()).isEqualTo(Exit.REFUSED);
    assertThat(denied.failure().what()).isEqualTo("the source returned 403 error");
  }

  @Test
  void keepsATokenThatTheSourceHasAcceptedUntilThereIsDoubt() {
    api.respondsWith(
        "/things",
        WireMock.okJson("[]"),
        WireMock.jsonResponse(ERROR, 401),
        WireMock.okJson("[]"),
        WireMock.jsonResponse(ERROR, 401),
        WireMock.jsonResponse(ERROR, 401),
        WireMock.jsonResponse(ERROR, 401),
        WireMock.okJson("[]"));
    ApiClient client = api.client();

    assertThat(get(client)).isInstanceOf(ApiResponse.Found.class);
    assertThat(get(client)).as("denied just once").isInstanceOf(ApiResponse.Found.class);
    assertThat(get(client)).as("this object is denied").isInstanceOf(ApiResponse.Denied.class);
    assertThat(api.refusals()).isEmpty();

    client.doubtToken();
    assertThat(get(client)).isInstanceOf(ApiResponse.Found.class);
    assertThat(api.refusals()).hasSize(1);
  }

  @Test
  void aRuleCanMakeAnErrorTransient() {
    api.usesRules(new ErrorRule(400, "locked", Meaning.RETRY, null));
    api.respondsWith(
        "/things", WireMock.jsonResponse("{\"message\":\"locked\"}", 400), WireMock.okJson("[]"));

    assertThat(found(get())).isEqualTo("[]");
  }

  @Test
  void aRuleCanSkipARecord() {
    api.usesRules(new ErrorRule(500, null, Meaning.SKIP, null));
    api.respondsWith("/things", WireMock.jsonResponse(ERROR, 500));

    assertThat(refused(get()).status()).isEqualTo(500);
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void aRuleCanMeanNotFound() {
    api.usesRules(new ErrorRule(400, "unknown id", Meaning.ABSENT, null));
    api.respondsWith("/things", WireMock.jsonResponse("{\"error\":\"unknown id\"}", 400));

    assertThat(get()).isInstanceOf(ApiResponse.NotFound.class);
  }

  @Test
  void aRuleCanRefuseTheAccountBeforeItsTokenIsReplaced() {
    api.usesRules(new ErrorRule(401, "missing", Meaning.ACCOUNT_REFUSED, "tick all boxes"));
    api.respondsWith("/things", WireMock.jsonResponse("{\"message\":\"missing\"}", 401));

    Failure failure = failure();

    assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
    assertThat(failure.remedy()).isEqualTo("tick all boxes");
    assertThat(api.refusals()).isEmpty();
  }

  @Test
  void aRuleThatRefusesTheApplicationEndsAllItsCalls() {
    api.usesRules(new ErrorRule(403, "Inactive", Meaning.APPLICATION_REFUSED, "subscribe"));
    api.respondsWith("/things", WireMock.jsonResponse("{\"message\":\"Inactive\"}", 403));
    ApiClient client = api.client();

    Failure first = failure(client);

    assertThat(first.remedy()).isEqualTo("subscribe");
    assertThat(failure(client)).isSameAs(first);
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void theFirstMatchingRuleApplies() {
    api.usesRules(
        new ErrorRule(500, "permanently", Meaning.ABSENT, null),
        new ErrorRule(500, null, Meaning.SKIP, null));
    api.respondsWith("/things", WireMock.jsonResponse("gone permanently", 500));

    assertThat(get()).isInstanceOf(ApiResponse.NotFound.class);
  }
}
