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

/// A source with links from page to page and a token that is granted to the application itself. Its
/// clock is at noon of a day long ago, and moves when a test says so.
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
    respondsWith("/api/parcels", page(1, "</api/parcels?p=2>; rel=\"next\"", "12:00:10"));
    respondsWith(
        "/api/parcels?p=2", page(2, "<?p=3>; rel=\"next\", <?p=3>; rel=\"last\"", "12:00:45"));
    respondsWith("/api/parcels?p=3", page(3, "</api/parcels>; rel=\"first\"", "12:00:50"));
  }

  private void grants(ResponseDefinitionBuilder response) {
    toy.server().stubFor(WireMock.post("/login/token").willReturn(response));
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

  private List<LoggedRequest> grantRequests() {
    return toy.server().findAll(GRANTS);
  }

  @Test
  void followsLinksWithTheGrantedToken() {
    assertThat(syncToy("parcels")).isZero();

    assertThat(committed("parcels", "parcels"))
        .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    assertThat(toy.header("Authorization").subList(1, 4)).containsOnly("Bearer granted-token");
    assertThat(grantRequests()).as("one token serves the run").hasSize(1);
  }

  @Test
  void refusesAClientIdThatMayBeTheSecret() {
    variables.put("PACELINE_PARCELS_CLIENT_ID", "0123456789abcdef0123456789abcdef");

    assertThat(syncToy("parcels")).isEqualTo(78);

    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("0123456789abcdef");
    assertThat(grantRequests()).isEmpty();
  }

  @Test
  void requestsTheTokenAsInTheRfc() {
    syncToy("parcels");

    String both = "paceline:s3cret%3A%2F%2B+%C3%BC";
    LoggedRequest grant = grantRequests().getFirst();
    assertThat(grant.getHeader("Authorization"))
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    assertThat(grant.getBodyAsString())
        .isEqualTo("grant_type=client_credentials&scope=parcels%3Aread+history");
  }

  @Test
  void requestsAnotherTokenWhenItExpiresByTheSourcesClock() {
    grants(token(60)); // valid for half a minute: the other half is the margin for the call itself

    assertThat(syncToy("parcels")).isZero();

    assertThat(grantRequests()).as("at 12:00:00, and after the response of 12:00:45").hasSize(2);
  }

  @Test
  void requestsAnotherTokenWhenTheSourceRefusesIt() {
    respondsOnceWith("/api/parcels?p=2", WireMock.jsonResponse("{\"error\":\"expired\"}", 401));

    assertThat(syncToy("parcels")).isZero();

    assertThat(committed("parcels", "parcels")).hasSize(3);
    assertThat(grantRequests()).hasSize(2);
  }

  @Test
  void endsTheAccountWhenTheNewTokenIsRefusedToo() {
    respondsWith("/api/parcels", WireMock.jsonResponse("{\"error\":\"no\"}", 401));

    assertThat(syncToy("parcels")).isEqualTo(77);
    assertThat(grantRequests()).hasSize(2);
  }

  @Test
  void retriesTransientErrorsOfTheSourceAndTheTokenEndpoint() {
    respondsOnceWith("/api/parcels?p=2", WireMock.serviceUnavailable());
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
  void reportsWhyNoTokenWasGranted(int status, int exit) {
    grants(
        WireMock.jsonResponse(
            "{\"error\":\"invalid_client\",\"error_description\":\"of s3cret:/+ ü\"}", status));

    assertThat(syncToy("parcels", "--verbose")).isEqualTo(exit);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo("it returned %d invalid_client of ***".formatted(status));
    assertThat(toy.calls()).noneMatch(call -> call.startsWith("/api"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"access_token\":\"\"}", "<html>", "granted-token"})
  void reportsAResponseWithoutAToken(String response) {
    grants(WireMock.ok(response));

    assertThat(syncToy("parcels")).isEqualTo(69);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo("its response contains no token");
  }

  @Test
  void usesATokenWithoutALifeUntilItIsRefused() {
    grants(WireMock.okJson("{\"access_token\":\"granted-token\"}"));

    assertThat(syncToy("parcels")).isZero();
    assertThat(grantRequests()).hasSize(1);
  }

  @Test
  void printsNoSecret() {
    assertThat(syncToy("parcels", "--verbose")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("parcels?***: 200, ")
        .doesNotContain("granted-token", "s3cret");
  }
}
