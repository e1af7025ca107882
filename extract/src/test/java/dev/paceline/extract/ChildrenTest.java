package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.lake.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A record with a call of its own is read once, and again only when its parent changes.
final class ChildrenTest extends SyncTestCase {

  @BeforeEach
  void readsDetails() {
    variables.put(
        "PACELINE_STRAVA_STREAMS",
        "athlete,activities,athlete_zones,gear,activity_details,activity_streams");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
  }

  @Test
  void importsEverythingWithTheFewestCalls() {
    api.hasActivities(5);
    api.activity(2).put("manual", true);
    api.activity(3).put("gear_id", "g3");
    api.hasGear("g3");
    api.hasGear("b1");
    api.respondsWith("/athlete", "{\"id\":1001,\"bikes\":[{\"id\":\"b1\",\"distance\":10}]}");

    assertThat(sync()).isZero();

    int listing = 2;
    int athleteAndZones = 2;
    int gear = 2;
    assertThat(api.calls("/")).hasSize(listing + 5 + (5 - 1) + gear + athleteAndZones);
    assertThat(report().path("calls").asInt()).isEqualTo(api.calls("/").size());
    assertThat(keys("activity_details"))
        .containsExactlyInAnyOrder("[1]", "[2]", "[3]", "[4]", "[5]");
    assertThat(keys("activity_streams")).containsExactlyInAnyOrder("[1]", "[3]", "[4]", "[5]");
    assertThat(keys("gear")).containsExactlyInAnyOrder("[\"b1\"]", "[\"g3\"]");
    assertThat(keys("athlete_zones")).containsExactly("[1001]");
  }

  @Test
  void readsTheNewestFirstAndAllOfOneActivityTogether() {
    api.hasActivities(2);

    sync();

    assertThat(api.calls("/activities/"))
        .extracting(call -> call.replaceAll("\\?.*", ""))
        .containsExactly(
            "/api/v3/activities/2",
            "/api/v3/activities/2/streams",
            "/api/v3/activities/1",
            "/api/v3/activities/1/streams");
  }

  @Test
  void readsTheAthletesZonesBeforeWeeksOfActivities() {
    api.hasActivities(2);

    sync();

    List<String> calls = api.calls("/");
    assertThat(calls.indexOf("/api/v3/athlete/zones"))
        .isBetween(0, calls.indexOf(api.calls("/activities/").getFirst()));
  }

  @Test
  void readsEverythingAgainOfAnActivityDeletedInARunOfSummaries() {
    api.hasActivities(2);
    sync();
    ObjectNode activity = api.activity(1);
    api.deletes(1);
    sync("--streams", "activities");

    api.hasActivity(1, Instant.parse(activity.path("start_date").asText()));
    sync();

    assertThat(found("activity_details").path("upserts").asInt()).isEqualTo(1);
    assertThat(found("activity_streams").path("upserts").asInt()).isEqualTo(1);
  }

  @Test
  void readsNothingWhenNothingIsNew() {
    api.hasActivities(5);
    sync();
    int before = api.calls("/").size();

    assertThat(sync()).isZero();

    assertThat(api.calls("/").size() - before).as("the listing and /athlete").isEqualTo(2 + 1);
    assertThat(log("anna")).hasSize(1);
  }

  @Test
  void writesASummaryWithChangedCountersAndReadsNothingElse() {
    api.hasActivities(2);
    sync();
    int before = api.calls("/activities/").size();
    api.activity(1).put("kudos_count", 7);

    sync();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(1);
    assertThat(api.calls("/activities/")).hasSize(before);
  }

  @Test
  void readsDetailsAgainWhenASummaryChangedButStreamsOnlyWhenTheRouteDid() {
    api.hasActivities(2);
    sync();
    int streams = count("/activities/\\d+/streams");
    int details = count("/activities/\\d+");

    api.activity(1).put("name", "Renamed");
    sync();
    assertThat(count("/activities/\\d+")).isEqualTo(details + 1);
    assertThat(count("/activities/\\d+/streams")).isEqualTo(streams);

    api.activity(1).put("distance", 4000);
    sync();
    assertThat(count("/activities/\\d+/streams")).isEqualTo(streams + 1);
    assertThat(records("anna", "activity_streams").getLast().path("data").toString())
        .isEqualTo("{\"distance\":{\"data\":[0.0,4000]}}");
  }

  @Test
  void readsZonesAndGearAgainWhenTheAthleteChangedButNotForDistances() {
    api.hasGear("b1");
    api.respondsWith(
        "/athlete", "{\"id\":1001,\"weight\":60,\"bikes\":[{\"id\":\"b1\",\"distance\":10}]}");
    sync();
    int before = api.calls("/").size();

    api.respondsWith(
        "/athlete", "{\"id\":1001,\"weight\":60,\"bikes\":[{\"id\":\"b1\",\"distance\":20}]}");
    sync();
    assertThat(api.calls("/").size() - before).as("listing and athlete").isEqualTo(2);
    assertThat(found("athlete").path("upserts").asInt()).as("it is written").isEqualTo(1);

    api.respondsWith(
        "/athlete", "{\"id\":1001,\"weight\":59,\"bikes\":[{\"id\":\"b1\",\"distance\":20}]}");
    sync();
    assertThat(api.calls("/athlete/zones")).hasSize(2);
    assertThat(api.calls("/gear/")).hasSize(2);
  }

  @Test
  void readsCommentsOnlyWhenTheirCounterChanged() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,comments");
    api.hasActivities(2);
    api.activity(1).put("comment_count", 1);
    api.respondsWith(
        "/activities/1/comments", "[{\"id\": 9, \"text\": \"Well done\", \"cursor\": \"c9\"}]");
    sync();
    assertThat(records("anna", "comments"))
        .singleElement()
        .satisfies(list ->
            assertThat(list.path("data").toString())
                .isEqualTo("[{\"id\":9,\"text\":\"Well done\",\"cursor\":\"c9\"}]"));
    int before = count("/activities/\\d+/comments");

    api.activity(1).put("kudos_count", 3);
    sync();
    assertThat(count("/activities/\\d+/comments")).as("another counter changed").isEqualTo(before);

    api.activity(1).put("comment_count", 0);
    sync();
    assertThat(count("/activities/\\d+/comments"))
        .as("an empty list needs no call")
        .isEqualTo(before);
    assertThat(records("anna", "comments").getLast().path("data").toString()).isEqualTo("[]");
  }

  @Test
  void readsEverythingAgainOfAnActivityThatCameBack() {
    api.hasActivities(2);
    sync();
    ObjectNode activity = api.activity(1);
    api.deletes(1);
    sync();
    assertThat(found("activities").path("deletes").asInt()).isEqualTo(1);

    api.hasActivity(1, Instant.parse(activity.path("start_date").asText()));
    sync();

    assertThat(found("activity_details").path("upserts").asInt()).isEqualTo(1);
    assertThat(found("activity_streams").path("upserts").asInt()).isEqualTo(1);
  }

  @Test
  void remembersThatAnActivityHasNoStreams() {
    api.hasActivities(1);
    api.breaks("/activities/1/streams", 404);
    sync();
    sync();

    assertThat(count("/activities/\\d+/streams")).isEqualTo(1);
    assertThat(keys("activity_streams")).isEmpty();
  }

  @Test
  void rebuildsTheQueueFromTheLogWhenTheStateIsLost() throws IOException {
    api.hasActivities(3);
    api.hasGear("b1");
    api.respondsWith("/athlete", "{\"id\":1001,\"bikes\":[{\"id\":\"b1\"}]}");
    sync();
    api.activity(2).put("name", "Renamed");
    sync();
    int before = api.calls("/").size();
    Files.delete(folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")));

    assertThat(sync()).isZero();

    assertThat(api.calls("/").size() - before).as("nothing is read again").isEqualTo(2 + 1);
    assertThat(log("anna")).hasSize(2);
  }

  @Test
  void readsOnlyTheRequestedStreams() {
    variables.put("PACELINE_STRAVA_STREAMS", "-activity_streams,-athlete_zones,-athlete_stats");
    api.hasActivities(1);
    api.respondsWith("/segments/starred", "[{\"id\":77}]");
    api.respondsWith("/athletes/1001/routes", "[]");
    api.respondsWith("/athlete/clubs", "[]");

    assertThat(sync()).isZero();

    assertThat(keys("starred_segments")).containsExactly("[77]");
    assertThat(keys("activity_details")).containsExactly("[1]");
    assertThat(count("/activities/\\d+/streams")).isZero();
    assertThat(api.calls("/athlete/zones")).isEmpty();
  }

  @Test
  void skipsStreamsThatNeedADisabledStream() {
    variables.put(
        "PACELINE_STRAVA_STREAMS", "-activities,-starred_segments,-routes,-clubs,-athlete_stats");

    assertThat(sync()).isZero();

    assertThat(api.calls("/")).containsExactly("/api/v3/athlete", "/api/v3/athlete/zones");
  }

  @Test
  void keepsTheGearThatActivitiesNameWhenTheStateIsRebuilt() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,gear");
    api.hasActivities(3);
    for (int id = 1; id <= 3; id++) {
      api.activity(id).put("gear_id", "g" + id);
      api.hasGear("g" + id);
    }
    sync();
    deletesState();

    assertThat(sync()).isZero();

    assertThat(api.calls("/gear/")).as("each once").hasSize(3);
  }

  @Test
  void deletesAnUnstarredSegmentWithoutACall() {
    variables.put("PACELINE_STRAVA_STREAMS", "starred_segments");
    api.respondsWith("/segments/starred", "[{\"id\":77},{\"id\":78}]");
    sync();
    api.respondsWith("/segments/starred", "[{\"id\":78}]");

    sync();

    assertThat(found("starred_segments").path("deletes").asInt()).isEqualTo(1);
    assertThat(api.calls("/segments")).hasSize(2);
    assertThat(api.calls("/")).as("and whose account it is").hasSize(2 + 2);
  }

  @Test
  void listsTheStreamsWhenOneIsMisnamed() {
    assertThat(sync("--streams", "activity")).isEqualTo(64);
    assertThat(report().path("error").path("remedy").asText()).contains("activity_details");
  }

  private int count(String path) {
    return (int)
        api.calls("/").stream().filter(call -> call.matches("/api/v3" + path + "(\\?.*)?")).count();
  }

  private List<String> keys(String stream) {
    return records("anna", stream).stream()
        .map(envelope -> envelope.path("key"))
        .map(JsonNode::toString)
        .toList();
  }
}
