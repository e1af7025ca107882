package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What can go wrong, and how the run reports it.
class FailureTest extends SyncTestCase {

  @Test
  void continuesWithTheNextAccountWhenOneFails() throws IOException {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "ben,anna");
    api.hasActivities(2);

    assertThat(sync()).isEqualTo(77);

    JsonNode accounts = report().path("accounts");
    assertThat(accounts.path(0).path("account").asText()).isEqualTo("ben");
    assertThat(accounts.path(0).path("status").asText()).isEqualTo("refused");
    assertThat(accounts.path(1).path("status").asText()).isEqualTo("done");
    assertThat(records("anna", "activities")).hasSize(2);
  }

  @Test
  void readsAnAccountOnceIfItIsNamedTwice() {
    assertThat(sync("--account", "anna", "--account", "anna")).isZero();
    assertThat(report().path("accounts")).hasSize(1);
  }

  @Test
  void stopsBeforeACallThatTheBudgetDoesNotAllow() {
    api.hasActivities(1_000);
    api.allows(4);

    assertThat(sync()).isEqualTo(75);

    assertThat(api.calls("/")).as("no 429 of our own making").hasSize(4);
    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
    assertThat(records("anna", "activities"))
        .as("what was read is committed")
        .hasSize(200 + 199 + 199);
  }

  @Test
  void resumesAtTheNextQuarterHourAfterA429() {
    api.failsWith(request ->
        WireMock.jsonResponse(
            "{\"message\":\"Too Many Requests\",\"errors\":\"Rate Limit Exceeded\"}", 429));

    assertThat(sync()).isEqualTo(75);

    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
    assertThat(account().path("error").path("what").asText()).contains("Rate Limit Exceeded");
  }

  @Test
  void retriesAfterATransientError() {
    api.hasActivities(1);
    api.failsWith(request -> WireMock.serverError());
    api.failsWith(request -> WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).hasSize(1);
  }

  @Test
  void givesUpOnASourceThatStaysDown() {
    for (int i = 0; i < 4; i++) {
      api.failsWith(request -> WireMock.aResponse().withStatus(502).withBody("<html>"));
    }

    assertThat(sync()).isEqualTo(69);
    assertThat(account().path("error").path("what").asText()).contains("502");
  }

  @Test
  void namesTheUnreachableAddress() {
    variables.put("PACELINE_STRAVA_OAUTH_URL", "http://127.0.0.1:1/oauth");

    assertThat(sync()).isEqualTo(69);
    assertThat(account().path("error").path("doing").asText()).contains("http://127.0.0.1:1/oauth");
  }

  @Test
  void refusesAResponseThatIsNotJson() {
    for (int i = 0; i < 4; i++) {
      api.failsWith(request -> WireMock.ok("<html>Sign in to the hotel's Wi-Fi</html>"));
    }
    api.hasActivities(2);

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("doing").asText()).contains("/athlete");
    assertThat(records("anna", "activities")).as("the other stream is read").hasSize(2);
  }

  @Test
  void neverFollowsARedirectToAnotherHost() {
    String elsewhere = api.apiUrl().replace("localhost", "127.0.0.1") + "/stolen";
    api.failsWith(request -> WireMock.temporaryRedirect(elsewhere));

    assertThat(sync()).isEqualTo(78);

    assertThat(api.calls("/stolen")).isEmpty();
    assertThat(account().path("error").path("what").asText()).contains("/stolen");
  }

  @Test
  void reportsAnInactiveApplication() {
    api.failsWith(request ->
        WireMock.jsonResponse(
            "{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Application\","
                + "\"field\":\"Status\",\"code\":\"Inactive\"}]}",
            403));

    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("what").asText()).contains("Inactive");
  }

  @Test
  void reportsAMissingSetting() {
    variables.remove("PACELINE_STRAVA_CLIENT_SECRET");

    assertThat(sync()).isEqualTo(78);
    assertThat(report().path("error").path("what").asText())
        .isEqualTo("PACELINE_STRAVA_CLIENT_SECRET is not set");
  }

  @Test
  void refusesAnInvalidAccountName() {
    assertThat(sync("--account", "../anna")).isEqualTo(64);
    assertThat(report().path("error").path("what").asText()).contains("../anna");
  }

  /// The orchestrator decides by this number whether there is anything to load.
  @Test
  void countsTheCommitsOfAccountsThatAReportHasNoRoomFor() {
    List<String> accounts = IntStream.range(0, 200).mapToObj(i -> "athlete-" + i).toList();
    accounts.forEach(account -> hasToken(account, api.tokenOf(account)));
    variables.put("PACELINE_STRAVA_ACCOUNTS", String.join(",", accounts));
    api.hasActivities(1);
    api.allows(450);

    assertThat(sync()).isEqualTo(75);

    int commits = accounts.stream().mapToInt(account -> log(account).size()).sum();
    assertThat(report().toString().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(8 * 1024);
    assertThat(report().path("left_out").asInt()).isPositive();
    assertThat(report().path("accounts").size()).isLessThan(commits);
    assertThat(report().path("commits").asInt()).isEqualTo(commits).isGreaterThan(100);
  }

  @Test
  void refusesAnAddressWithCredentialsWithoutPrintingThem() {
    assertThat(sync("--api-url", "https://me:hush@api.example.org")).isEqualTo(64);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("hush");
  }

  @Test
  void doesNotReportRecordsThatCouldNotBeCommitted() throws IOException {
    api.hasActivities(3);
    Files.createDirectories(folder.resolve("lake"));
    Files.writeString(folder.resolve("lake/bronze"), "in the way");

    assertThat(sync()).isEqualTo(69);

    assertThat(found("activities").path("upserts").asInt(-1)).isZero();
    assertThat(account().path("commits")).isEmpty();
    assertThat(report().path("commits").asInt(-1)).isZero();
    Files.delete(folder.resolve("lake/bronze"));
    assertThat(sync()).isZero();
    assertThat(found("activities").path("upserts").asInt()).isEqualTo(3);
  }
}
