package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A source with links from page to page and a token that the application is granted for itself.
/// Its clock stands at noon of a day long ago, and moves where a test says so.
class ClientCredentialsSourceTest extends ToyTestCase {

  private static final RequestPatternBuilder GRANTS =
      WireMock.postRequestedFor(WireMock.urlEqualTo("/login/token"));

  @BeforeEach
  void hasThreeParcels() {
    variables.put("PACELINE_PARCELS_API_URL", toy.url() + "/api");
    variables.put("PACELINE_PARCELS_OAUTH_URL", toy.url() + "/login");
    variables.put("PACELINE_PARCELS_CLIENT_ID", "paceline");
    variables.put("PACELINE_PARCELS_CLIENT_SECRET", "s3cret:/+ ü");
    grants(token(3_600));
    answers("/api/parcels", page(1, "</api/parcels?p=2>; rel=\"next\"", "12:00:10"));
    answers("/api/parcels?p=2", page(2, "<?p=3>; rel=\"next\", <?p=3>; rel=\"last\"", "12:00:45"));
    answers("/api/parcels?p=3", page(3, "</api/parcels>; rel=\"first\"", "12:00:50"));
  }

  private void grants(ResponseDefinitionBuilder answer) {
    toy.server().stubFor(WireMock.post("/login/token").willReturn(answer));
  }

  private static ResponseDefinitionBuilder token(int life) {
    return WireMock.okJson(
            "{\"access_token\":\"granted-token\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(life))
        .withHeader("Date", "Wed, 01 Jan 2020 12:00:00 GMT");
  }

  private static ResponseDefinitionBuilder page(int id, String link, String time) {
    return WireMock.okJson("[{\"id\":%d}]".formatted(id))
        .withHeader("Link", link)
        .withHeader("Date", "Wed, 01 Jan 2020 %s GMT".formatted(time));
  }

  private List<LoggedRequest> grantsAsked() {
    return toy.server().findAll(GRANTS);
  }

  @Test
  void followsTheLinksWithTheTokenThatItIsGranted() {
    assertThat(syncToy("parcels")).isZero();

    assertThat(committed("parcels", "parcels"))
        .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    assertThat(toy.header("Authorization").subList(1, 4)).containsOnly("Bearer granted-token");
    assertThat(grantsAsked()).as("one token serves the run").hasSize(1);
  }

  @Test
  void asksForTheTokenAsTheRfcHasIt() {
    syncToy("parcels");

    String both = "paceline:s3cret%3A%2F%2B+%C3%BC";
    LoggedRequest grant = grantsAsked().getFirst();
    assertThat(grant.getHeader("Authorization"))
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    assertThat(grant.getBodyAsString())
        .isEqualTo("grant_type=client_credentials&scope=parcels%3Aread+history");
  }

  @Test
  void asksForAnotherTokenWhenTheSourcesClockEndsIt() {
    grants(token(60)); // good for half a minute: the other half is kept for the call itself

    assertThat(syncToy("parcels")).isZero();

    assertThat(grantsAsked()).as("at 12:00:00, and after the answer of 12:00:45").hasSize(2);
  }

  @Test
  void asksForAnotherTokenWhenTheSourceRefusesIt() {
    answersOnce("/api/parcels?p=2", WireMock.jsonResponse("{\"error\":\"expired\"}", 401));

    assertThat(syncToy("parcels")).isZero();

    assertThat(committed("parcels", "parcels")).hasSize(3);
    assertThat(grantsAsked()).hasSize(2);
  }

  @Test
  void endsTheAccountWhereANewTokenIsRefusedAsWell() {
    answers("/api/parcels", WireMock.jsonResponse("{\"error\":\"no\"}", 401));

    assertThat(syncToy("parcels")).isEqualTo(77);
    assertThat(grantsAsked()).hasSize(2);
  }

  @Test
  void getsOverASourceAndAnEndpointThatStumbleOnce() {
    answersOnce("/api/parcels?p=2", WireMock.serviceUnavailable());
    toy.server()
        .stubFor(
            WireMock.post("/login/token")
                .inScenario("login")
                .whenScenarioStateIs("Started")
                .willSetStateTo("over")
                .willReturn(WireMock.serviceUnavailable()));

    assertThat(syncToy("parcels")).isZero();
    assertThat(committed("parcels", "parcels")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"400, 77", "401, 77", "403, 77", "404, 69", "503, 69"})
  void saysWhyItIsGrantedNone(int status, int exit) {
    grants(
        WireMock.jsonResponse(
            "{\"error\":\"invalid_client\",\"error_description\":\"of s3cret:/+ ü\"}", status));

    assertThat(syncToy("parcels", "--verbose")).isEqualTo(exit);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo("it answered %d invalid_client of ***".formatted(status));
    assertThat(toy.calls()).noneMatch(call -> call.startsWith("/api"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"access_token\":\"\"}", "<html>", "granted-token"})
  void saysThatAnAnswerHoldsNoToken(String answer) {
    grants(WireMock.ok(answer));

    assertThat(syncToy("parcels")).isEqualTo(69);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo("its answer holds no token");
  }

  @Test
  void takesATokenOfWhichNothingIsSaidAsGoodUntilItIsRefused() {
    grants(WireMock.okJson("{\"access_token\":\"granted-token\"}"));

    assertThat(syncToy("parcels")).isZero();
    assertThat(grantsAsked()).hasSize(1);
  }

  @Test
  void printsNoSecret() {
    assertThat(syncToy("parcels", "--verbose")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("parcels?***: 200, ")
        .doesNotContain("granted-token", "s3cret");
  }
}
