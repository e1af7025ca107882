package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the source denies: whether that concerns a record, a stream or the account is decided by
/// other calls, never by a status alone.
final class DeniedTest extends SyncTestCase {

  @BeforeEach
  void readsDetails() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,activity_details");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.hasActivities(28);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void oneRecordIsRejectedAndTheOthersAreRead(int status) {
    api.breaks("/activities/7", status);
    sync("--streams", "athlete");
    int renewals = api.tokenCalls();

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(27);
    assertThat(records("anna", "_rejected").getFirst().path("status").asInt()).isEqualTo(status);
    assertThat(api.tokenCalls()).as("no token is spent on it").isEqualTo(renewals);
  }

  @Test
  void theFirstRecordOfAResumedRunIsRejectedWithoutANewToken() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"athlete\":{\"id\":1001}}");
    api.breaks("/activities/23", 401);
    api.allowsPerWindow(8);
    sync();
    api.advancesClockBy(Duration.ofMinutes(15));
    api.allowsPerWindow(1_000);
    hasToken("anna", storedToken().replaceAll("\"expires_at\":[^,}]*", "\"expires_at\":1"));

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(27);
  }

  @Test
  void theLastRecordOfARunIsRejectedAfterAnotherCall() {
    api.breaks("/activities/1", 401);

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(27);
    assertThat(records("anna", "_rejected")).hasSize(1);
  }

  @Test
  void rejectsAreNamedUntilTheyAreRead() {
    api.breaks("/activities/7", 500);
    sync();
    JsonNode rejected = account().path("rejected");
    assertThat(rejected.path("total").asInt()).isEqualTo(1);
    JsonNode record = rejected.path("records").path(0);
    assertThat(record.path("stream").asText()).isEqualTo("activity_details");
    assertThat(record.path("key").toString()).isEqualTo("[7]");
    assertThat(record.path("why").asText()).contains("500").contains("error");
    assertThat(record.path("since").asText()).isEqualTo("2026-11-01T05:07:00Z");
    assertThat(record.path("again_after").asText()).isEqualTo("2026-11-02T04:07:00Z");

    sync();
    assertThat(account().path("rejected")).as("the next run, too").isEqualTo(rejected);

    terminal = true;
    sync();
    assertThat(output())
        .contains("1 record could not be read")
        .contains("activity_details 7: ")
        .contains("tried again after 2026-11-02T04:07:00Z");
    terminal = false;

    api.breaks("/activities/7", 0);
    api.advancesClockBy(Duration.ofDays(1));
    sync();
    assertThat(account().has("rejected")).isFalse();
  }

  @Test
  void theAccountIsRefusedWhenEverythingIs() {
    sync("--streams", "athlete,activities");
    boolean[] seen = {false};
    api.afterEachCall(() -> {
      if (!seen[0] && !api.calls("/activities/").isEmpty()) {
        seen[0] = true;
        api.revokes();
        api.rotates(); // the access token is no longer valid
      }
    });

    assertThat(sync()).isEqualTo(77);

    assertThat(records("anna", "_rejected")).isEmpty();
    assertThat(account().path("error").path("remedy").asText()).contains("extract authorize");
    assertThat(account().path("queued").path("records").path("activity_details").asInt())
        .isEqualTo(27);
  }

  @Test
  void recordsDeniedAnOldTokenAreReadWithTheNewOne() {
    sync("--streams", "athlete,activities");
    boolean[] seen = {false};
    api.afterEachCall(() -> {
      if (!seen[0] && !api.calls("/activities/").isEmpty()) {
        seen[0] = true;
        hasToken("anna", "{\"refresh_token\":\"refresh-9\"}");
        for (int i = Integer.parseInt(api.refreshToken().substring(8)); i < 9; i++) {
          api.rotates();
        }
      }
    });

    assertThat(sync()).isZero();

    assertThat(records("anna", "_rejected")).isEmpty();
    assertThat(records("anna", "activity_details")).hasSize(28);
  }

  @Test
  void aStreamIsSkippedIfTheSourceSaysThatItsScopeIsMissing() {
    for (int id = 1; id <= 28; id++) {
      api.lacksScope("/activities/" + id + "/streams");
    }

    assertThat(
            sync(
                "--streams",
                "+activity_streams,-athlete_zones,-athlete_stats,-gear,-starred_segments,-routes,-clubs"))
        .isZero();

    assertThat(records("anna", "activity_details")).hasSize(28);
    assertThat(account().path("skipped").path("activity_streams").asText()).contains("401");
    assertThat(records("anna", "_rejected")).isEmpty();
    assertThat(api.calls("/activities/").stream().filter(call -> call.contains("/streams")))
        .as("three show it")
        .hasSize(3);
  }

  @Test
  void oneRecordWithoutScopeDoesNotStopItsStream() {
    api.lacksScope("/activities/28"); // the first one to be read

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(27);
    assertThat(records("anna", "_rejected").getFirst().path("key").toString())
        .isEqualTo("[\"activity_details\",28]");
    assertThat(account().has("skipped")).isFalse();
  }

  @Test
  void aStreamOfOneRecordIsSkippedWithoutItsScope() {
    api.lacksScope("/athlete/zones");

    assertThat(sync("--streams", "athlete,athlete_zones")).isZero();

    assertThat(account().path("skipped").has("athlete_zones")).isTrue();
    assertThat(records("anna", "_rejected")).isEmpty();
  }

  @Test
  void aListingWithoutItsScopeIsSkippedThoughApiYamlNamesNone() {
    api.lacksScope("/athletes/1001/routes");
    api.lacksScope("/segments/starred");

    assertThat(sync("--streams", "athlete,activities,routes,starred_segments")).isZero();

    assertThat(records("anna", "activities")).hasSize(28);
    assertThat(account().path("skipped").has("routes")).isTrue();
    assertThat(account().path("skipped").has("starred_segments")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"402, 402", "404, does not exist"})
  void aListingThatIsRefusedIsReportedOnceAndTriedAgainLater(int status, String why) {
    api.breaks("/segments/starred", status);

    assertThat(sync("--streams", "athlete,activities,starred_segments")).isZero();

    assertThat(records("anna", "activities")).hasSize(28);
    assertThat(account().path("skipped").path("starred_segments").asText()).contains(why);
    assertThat(records("anna", "_rejected")).hasSize(1);

    assertThat(sync("--streams", "athlete,activities,starred_segments")).isZero();
    assertThat(api.calls("/segments/starred")).as("not again on the same day").hasSize(1);
    assertThat(account().path("skipped").path("starred_segments").asText())
        .contains("tried again after 2026-11-02");

    api.advancesClockBy(Duration.ofDays(1));
    assertThat(sync("--streams", "athlete,activities,starred_segments")).isZero();
    assertThat(api.calls("/segments/starred")).hasSize(2);
    assertThat(records("anna", "_rejected")).as("it is written once").hasSize(1);

    api.breaks("/segments/starred", 0);
    api.respondsWith("/segments/starred", "[{\"id\":77}]");
    api.advancesClockBy(Duration.ofDays(2));
    assertThat(sync("--streams", "athlete,activities,starred_segments")).isZero();
    assertThat(records("anna", "starred_segments")).hasSize(1);
    assertThat(account().has("skipped")).isFalse();
  }

  @Test
  void theMainListingThatIsDeniedRefusesTheAccount() {
    api.breaks("/athlete/activities", 403);

    assertThat(sync()).isEqualTo(77);

    assertThat(account().path("error").path("what").asText()).contains("403");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 402, 500})
  void aDeletionThatCannotBeConfirmedKeepsTheRecord(int status) {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities");
    sync();
    api.hides(7);
    api.breaks("/activities/7", status);

    assertThat(sync()).isZero();

    assertThat(records("anna", "activities")).as("no tombstone").hasSize(28);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(27);
  }

  @Test
  void aDeniedListingDoesNotStopTheOthersAfterATokenOfFewerScopes() {
    api.failsWith(request -> WireMock.okJson("{\"id\": 1001, \"firstname\": \"Anna\"}"));
    api.breaks("/athletes/1001/routes", 403);

    assertThat(sync("--streams", "athlete,activities,routes")).isZero();

    assertThat(account().path("skipped").has("routes")).isTrue();
    assertThat(sync("--streams", "athlete,activities,routes")).isZero();
    assertThat(api.calls("/athletes/1001/routes"))
        .as("in each run: another token may do")
        .hasSize(2);
  }

  @Test
  void aTokenWithMoreScopesTriesAgainAtOnce() {
    hasScopes("read,activity:read");
    api.breaks("/activities/7", 403);
    sync();
    int before = api.calls("/activities/7").size();
    api.breaks("/activities/7", 0);
    sync();
    assertThat(api.calls("/activities/7")).as("not due yet").hasSize(before);
    hasScopes("read,activity:read_all");

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(28);
  }

  private void hasScopes(String scopes) {
    hasToken(
        "anna",
        "{\"refresh_token\":\"%s\",\"scope\":\"%s\"}".formatted(api.refreshToken(), scopes));
  }

  @Test
  void aListWithoutItsSecondPageIsRejected() {
    StringBuilder page = new StringBuilder("[{\"firstname\":\"A.\"}");
    page.repeat(",{\"firstname\":\"B.\"}", 199);
    api.activity(1).put("kudos_count", 201);
    api.respondsWith("/activities/1/kudos", 1, page.append("]").toString());

    assertThat(sync("--streams", "athlete,activities,kudos")).isZero();

    assertThat(records("anna", "_rejected").getFirst().path("reason").asText())
        .isEqualTo("a later page does not exist");
  }

  @Test
  void rejectsAreKnownAfterARebuildOfTheState() {
    hasScopes("read,activity:read_all");
    api.activity(28).put("distance", new BigDecimal("1e999999999")); // the first part is of rejects
    api.breaks("/activities/7", 500);
    sync();
    JsonNode rejected = account().path("rejected");
    deletesState();
    int before = api.calls("/activities/7").size();

    assertThat(sync()).isZero();

    assertThat(account().path("rejected")).isEqualTo(rejected);
    assertThat(api.calls("/activities/7")).as("it is not due yet").hasSize(before);
  }

  @Test
  void threeRecordsWithoutScopeDoNotStopTheirStreamForEver() {
    for (int id = 26; id <= 28; id++) {
      api.lacksScope("/activities/" + id); // the first ones to be read
    }

    assertThat(sync()).isZero();
    assertThat(account().path("skipped").has("activity_details")).as("for now").isTrue();
    api.advancesClockBy(Duration.ofDays(1));
    assertThat(sync()).isZero();

    assertThat(account().has("skipped")).isFalse();
    assertThat(records("anna", "activity_details")).hasSize(25);
    assertThat(account().path("rejected").path("total").asInt()).isEqualTo(3);
    int before = api.calls("/activities/").size();
    api.advancesClockBy(Duration.ofDays(1));
    assertThat(sync()).isZero();
    assertThat(account().has("skipped")).as("they are known to be at fault").isFalse();
    assertThat(api.calls("/activities/")).as("tried again after a day").hasSize(before + 3);
    api.advancesClockBy(Duration.ofDays(1));
    assertThat(sync()).isZero();
    assertThat(api.calls("/activities/")).as("then after two").hasSize(before + 3);
  }

  @Test
  void twelveFailuresInARowOfTwoStreamsAreNotOneStreams() {
    for (int id = 1; id <= 28; id++) {
      if (id > 20) {
        api.breaks("/activities/" + id, 418);
        api.breaks("/activities/" + id + "/streams", 418);
      }
    }

    assertThat(
            sync(
                "--streams",
                "+activity_streams,-athlete_zones,-athlete_stats,-gear,-starred_segments,-routes,-clubs"))
        .as("eight of each")
        .isZero();

    assertThat(records("anna", "activity_details")).hasSize(20);
    assertThat(records("anna", "activity_streams")).hasSize(20);
  }

  @Test
  void theReasonOfARejectIsSaidOnce() {
    api.breaks("/activities/28", 500);
    api.disconnects("/activities/27");

    assertThat(sync()).isZero();

    assertThat(account().path("rejected").path("records").findValuesAsText("why"))
        .contains("the source returned 500 error")
        .noneMatch(why -> why.startsWith("0"));
    assertThat(output()).doesNotContain("(500 the source").doesNotContain("(0 ");
  }

  @Test
  void aLoneNewRecordWithoutScopeBecomesAReject() {
    sync();
    api.hasActivities(29);
    api.lacksScope("/activities/29");
    for (int hour = 0; hour < 4; hour++) {
      api.advancesClockBy(Duration.ofHours(1));
      assertThat(sync()).isZero();
      assertThat(account().has("skipped")).as("others of the stream could be read").isFalse();
      assertThat(account().path("rejected").path("total").asInt()).isEqualTo(1);
    }

    assertThat(api.calls("/activities/29")).as("it backs off").hasSize(1);
  }
}
