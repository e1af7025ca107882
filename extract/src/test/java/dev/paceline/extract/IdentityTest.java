package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
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
            "the token is that of athlete 1, but the account is that of 1001; nothing was committed");
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
}
