package dev.paceline.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose account it is: bound by `authorize`, otherwise by the first commit. Nothing of anybody
/// else is committed.
final class IdentityTest extends SyncTestCase {

  @BeforeEach
  void readsStats() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,athlete_stats");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.hasActivities(3);
  }

  private void isAuthorizedAs(long athlete) {
    hasToken(
        "anna",
        "{\"refresh_token\":\"%s\",\"athlete\":{\"id\":%d}}"
            .formatted(api.refreshToken(), athlete));
  }

  @Test
  void oneWrongAnswerDoesNoDamage() {
    assertThat(sync()).isZero();
    api.failsWith(request -> WireMock.okJson("{\"id\":1}"));

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo(
            "the token is that of athlete 1, but the account is that of 1001; nothing of it was committed");
    assertThat(account().path("error").path("remedy").asText())
        .contains("extract authorize strava --account anna");
    assertThat(log("anna")).hasSize(1);
    assertThat(sync()).as("the source is healthy again").isZero();
    assertThat(api.calls("/athletes/1/stats")).isEmpty();
  }

  @Test
  void theFirstCommitBindsIt() {
    sync();
    api.respondsWith("/athlete", "{\"id\":2002,\"firstname\":\"Bea\"}");

    assertThat(sync()).isEqualTo(65);

    assertThat(records("anna", "athlete")).hasSize(1);
    assertThat(api.calls("/athlete/activities")).as("of the first run").hasSize(2);
  }

  @Test
  void theFirstCommitBindsItEvenIfTheStateIsLost() {
    sync();
    deletesState();
    api.respondsWith("/athlete", "{\"id\":2002,\"firstname\":\"Bea\"}");

    assertThat(sync()).isEqualTo(65);

    assertThat(log("anna")).hasSize(1);
  }

  @Test
  void theTokenOfAuthorizeBindsItBeforeTheFirstCommit() {
    isAuthorizedAs(1001);
    api.failsWith(request -> WireMock.okJson("{\"id\":1}"));

    assertThat(sync()).isEqualTo(65);

    assertThat(log("anna")).isEmpty();
    assertThat(sync()).isZero();
  }

  @Test
  void aWrongFirstAnswerIsPutRightByAuthorizing() {
    api.failsWith(request -> WireMock.okJson("{\"id\":1}"));
    api.breaks("/athletes/1/stats", 403);
    sync();
    assertThat(sync()).as("bound to 1").isEqualTo(65);
    isAuthorizedAs(1001);

    assertThat(sync()).isZero();

    assertThat(records("anna", "athlete_stats").getLast().path("key").toString())
        .isEqualTo("[1001]");
    int wrong = api.calls("/athletes/1/stats").size();
    assertThat(sync()).isZero();
    assertThat(api.calls("/athletes/1/stats")).as("no longer asked for").hasSize(wrong);
  }

  @Test
  void authorizingBindsItAnew() {
    sync();
    api.respondsWith("/athlete", "{\"id\":2002,\"firstname\":\"Bea\"}");
    api.respondsWith("/athletes/2002/stats", "{}");
    isAuthorizedAs(2002);

    assertThat(sync()).isZero();

    assertThat(records("anna", "athlete").getLast().path("key").toString()).isEqualTo("[2002]");
    assertThat(api.calls("/athletes/1001/stats")).as("of the first run").hasSize(1);
    assertThat(api.calls("/athletes/2002/stats")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"name\":\"Anna\"}", "[{\"id\":1001},{\"id\":2}]"})
  void anAnswerThatDoesNotSayWhoseItIsEndsTheAccount(String body) {
    api.respondsWith("/athlete", body);

    assertThat(sync()).isEqualTo(65);

    assertThat(log("anna")).isEmpty();
    assertThat(api.calls("/athlete/activities")).isEmpty();
  }

  @Test
  void isReadEvenIfOnlyOtherStreamsAreNamed() {
    sync();
    api.respondsWith("/athlete", "{\"id\":2002}");

    assertThat(sync("--streams", "activities")).isEqualTo(65);
  }

  @Test
  void anotherAccountGoesOn() {
    hasToken("ben", api.tokenOf("ben"));
    sync();
    api.failsWith(request -> WireMock.okJson("{\"id\":1}"));

    assertThat(sync("--account", "anna", "--account", "ben")).isEqualTo(65);

    assertThat(records("ben", "activities")).hasSize(3);
  }

  /// A token that need not be renewed at the first call.
  private void hasValidToken() {
    hasToken(
        "anna",
        "{\"access_token\":\"access-0\",\"expires_at\":%d,\"refresh_token\":\"%s\",\"athlete\":{\"id\":1001}}"
            .formatted(api.now().plusSeconds(20_000).getEpochSecond(), api.refreshToken()));
  }

  /// Somebody stores another token.
  ///
  /// @param named the member that says whose it is; empty for none
  /// @param owner the athlete whose it is
  private void isReplacedAfterTheFirstDetail(String named, long owner) {
    boolean[] done = {false};
    api.afterEachCall(() -> {
      if (!done[0] && !api.calls("/activities/").isEmpty()) {
        done[0] = true;
        api.rotates(); // the previous token is no longer valid
        hasToken("anna", "{\"refresh_token\":\"%s\"%s}".formatted(api.refreshToken(), named));
        api.respondsWith("/athlete", "{\"id\":%d}".formatted(owner));
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"athlete\":{\"id\":2002}", ""})
  void nothingIsReadWithATokenThatSomebodyElseStoresDuringTheRun(String named) {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,activity_details");
    api.hasActivities(28);
    hasValidToken();
    isReplacedAfterTheFirstDetail(named, 2002);

    assertThat(sync()).isEqualTo(65);

    assertThat(records("anna", "activity_details")).as("read before").hasSize(1);
    assertThat(records("anna", "athlete")).hasSize(1);
    assertThat(account().path("error").path("what").asText()).contains("2002", "1001");
    assertThat(account().path("error").path("remedy").asText())
        .contains("signed in as 1001")
        .contains("extract authorize strava --account anna");
  }

  @Test
  void aTokenThatNamesNobodyIsCheckedBeforeItIsUsed() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,activity_details");
    api.hasActivities(28);
    hasValidToken();
    isReplacedAfterTheFirstDetail("", 1001);
    int before = api.calls("/athlete").size();

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(28);
    assertThat(
            api.calls("/athlete").stream().skip(before).filter(call -> call.endsWith("/athlete")))
        .as("the listing, a probe with the old token, the check of the new one, and the probe")
        .hasSize(4);
  }

  @Test
  void whatAStrangersTokenWasGrantedIsNotKept() throws IOException {
    sync();
    hasToken("anna", "{\"refresh_token\":\"%s\",\"scope\":\"read\"}".formatted(api.refreshToken()));
    api.respondsWith("/athlete", "{\"id\":2002}");
    assertThat(sync()).isEqualTo(65);

    Path state = folder.resolve("lake/state/strava/anna.json.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(state))) {
      assertThat(in.readAllBytes()).asString(UTF_8).contains("\"scopes\":[]");
    }
  }

  @Test
  void theTokenOfAuthorizeBindsItEvenIfItIsReplacedAtTheFirstCall() {
    hasValidToken();
    api.rotates(); // the first call is denied
    boolean[] done = {false};
    api.afterEachCall(() -> {
      if (!done[0]) {
        done[0] = true;
        hasToken("anna", "{\"refresh_token\":\"%s\"}".formatted(api.refreshToken()));
        api.respondsWith("/athlete", "{\"id\":2002,\"firstname\":\"Bea\"}");
      }
    });

    assertThat(sync()).isEqualTo(65);

    assertThat(log("anna")).isEmpty();
  }

  @Test
  void theCheckOfATokenStaysWithinTheBudget() {
    api.allowsPerWindow(2);
    hasToken(
        "anna",
        "{\"access_token\":\"access-0\",\"expires_at\":%d,\"refresh_token\":\"%s\",\"athlete\":{\"id\":1001}}"
            .formatted(api.now().plusSeconds(660).getEpochSecond(), api.refreshToken()));
    boolean[] done = {false};
    api.afterEachCall(() -> {
      if (!done[0]) {
        done[0] = true;
        api.advancesClockBy(Duration.ofMinutes(2)); // now it expires too soon
        api.rotates();
        hasToken("anna", "{\"refresh_token\":\"%s\"}".formatted(api.refreshToken()));
      }
    });

    assertThat(sync()).isEqualTo(75);

    assertThat(api.calls("/")).as("none beyond the limit").hasSize(2);
  }
}
