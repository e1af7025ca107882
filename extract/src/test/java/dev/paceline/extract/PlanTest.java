package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `extract plan` against what the runs then do, to the call: each test forecasts, runs at the
/// times that the forecast names, and compares. The source's clock begins at 05:07 UTC and stands
/// still except while a run waits.
final class PlanTest extends SyncTestCase {

  private static final String NOW = "2026-11-01T05:07:00Z";
  private static final String ALL =
      "athlete,activities,athlete_zones,athlete_stats,gear,activity_details,activity_streams,"
          + "starred_segments,routes,clubs";

  @BeforeEach
  void hasAnAuthorizedAthlete() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"athlete\":{\"id\":\"1001\"}}");
    variables.put("PACELINE_STRAVA_STREAMS", ALL);
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.respondsWith("/segments/starred", "[]");
    api.respondsWith("/athletes/1001/routes", "[]");
    api.respondsWith("/athlete/clubs", "[]");
    api.allowsPerWindow(100);
    api.allowsPerDay(1_000);
  }

  @Test
  void forecastsAFirstImportThatWaitsOutTheQuarterHours() {
    api.hasActivities(620);

    JsonNode forecast = plan("--activities", "620", "--on-limit", "window", "--at", NOW);

    assertThat(forecast.path("runs")).hasSizeGreaterThan(1);
    assertRunsAre(forecast, "--on-limit", "window");
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void forecastsAFirstImportThatStopsAtEachQuarterHour() {
    api.hasActivities(150);

    JsonNode forecast = plan("--activities", "150", "--every", "PT15M", "--at", NOW);

    assertThat(forecast.path("runs")).hasSizeGreaterThan(3);
    assertRunsAre(forecast);
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void forecastsAFirstImportThatWaitsOutTheDay() {
    api.hasActivities(620);

    JsonNode forecast = plan("--activities", "620", "--on-limit", "wait", "--at", NOW);

    assertThat(forecast.path("runs")).hasSize(1);
    assertRunsAre(forecast, "--on-limit", "wait");
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void forecastsTheRestOfAnImport() {
    api.hasActivities(150);
    sync();
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--every", "PT15M");

    assertThat(forecast.path("runs")).hasSizeGreaterThan(2);
    assertRunsAre(forecast);
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void forecastsTheRestOfAnImportByATokenThatDoesNotSayWhoseItIs() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\"}");
    api.hasActivities(150);
    sync();
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--every", "PT15M");

    assertRunsAre(forecast);
    assertThat(calls(forecast.path("runs").path(1)))
        .as("a resumed run asks whose it is")
        .containsEntry("/athlete", 1L);
  }

  @Test
  void forecastsDaysWithoutNews() {
    api.hasActivities(45);
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "2");

    assertRunsAre(forecast);
    assertThat(forecast.path("runs").path(0).path("total").asInt()).isEqualTo(2 + 4);
    assertThat(forecast.path("accounts").path(0).path("complete_at"))
        .isEqualTo(forecast.path("runs").path(0).path("at"));
  }

  @Test
  void forecastsWhatIsReadAgainForHiddenEdits() {
    api.hasActivities(30);
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "5", "--verify-calls", "13");

    assertThat(forecast.path("runs").path(4).path("total").asInt()).isEqualTo(6 + 13);
    assertRunsAre(forecast, "--verify-calls", "13");
  }

  @Test
  void forecastsAQueueOfWhichOnlyTheReserveOfTheDayIsKept() {
    api.hasActivities(60);
    api.allowsPerDay(50);
    sync("--on-limit", "window");
    later(Duration.ofHours(2));

    JsonNode forecast = plan("--on-limit", "window", "--every", "PT8H");

    assertThat(forecast.path("runs")).hasSizeGreaterThan(4);
    assertRunsAre(forecast, "--on-limit", "window");
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void forecastsTwoAccountsInRotation() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    hasToken("anna", tokenOf("anna"));
    hasToken("ben", tokenOf("ben"));
    api.hasActivities(40);
    api.allowsPerWindow(40);
    sync("--account", "anna");
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--activities", "40", "--every", "PT15M");

    assertThat(forecast.path("runs")).hasSizeGreaterThan(3);
    assertThat(forecast.path("supposed").toString())
        .contains("ben has 40 activities")
        .doesNotContain("anna");
    assertRunsAre(forecast);
    assertCompleteIs(forecast, "ben");
    assertCompleteIs(forecast, "anna");
  }

  @Test
  void saysOfEachAccountWhenItIsComplete() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    hasToken("anna", tokenOf("anna"));
    hasToken("ben", tokenOf("ben"));
    api.hasActivities(120);
    sync("--account", "anna", "--on-limit", "window");
    api.allowsPerDay(1_000_000);
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--activities", "120", "--on-limit", "window");

    assertRunsAre(forecast, "--on-limit", "window");
    JsonNode anna = forecast.path("accounts").path(0);
    JsonNode ben = forecast.path("accounts").path(1);
    assertThat(Instant.parse(anna.path("complete_at").asText()))
        .as("anna is complete once listed")
        .isBefore(Instant.parse(ben.path("complete_at").asText()));
    assertCompleteIs(forecast, "ben");
  }

  @Test
  void forecastsAListingOfRecordsWithEqualTimes() {
    Instant start = Instant.parse("2026-05-01T06:00:00Z");
    for (int i = 1; i <= 700; i++) {
      api.hasActivity(i, start.plusSeconds(i <= 450 ? 0 : i));
    }
    variables.put("PACELINE_STRAVA_STREAMS", "activities");
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "1");

    assertThat(calls(forecast.path("runs").path(0)).get("/athlete/activities"))
        .as("more than with distinct times")
        .isGreaterThan(5L);
    assertRunsAre(forecast);
  }

  @Test
  void forecastsAFirstListingThatTheBudgetEnded() {
    api.hasActivities(1_000);
    api.allowsPerWindow(3);
    sync("--streams", "activities");
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--streams", "activities", "--activities", "1000", "--every", "PT15M");

    assertThat(forecast.path("runs")).hasSize(2);
    assertRunsAre(forecast, "--streams", "activities");
  }

  @Test
  void forecastsALaterListingThatTheBudgetEnds() {
    api.hasActivities(1_000);
    sync("--streams", "activities");
    later(Duration.ofDays(1));
    api.allowsPerWindow(4);
    sync("--streams", "activities");
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--streams", "activities", "--every", "PT15M");

    assertThat(calls(forecast.path("runs").path(0)))
        .as("resumed after three of seven calls")
        .containsEntry("/athlete/activities", 4L);
    assertRunsAre(forecast, "--streams", "activities");
  }

  @Test
  void forecastsTheConfirmationOfAnActivityThatIsHiddenFromListings() {
    api.hasActivities(20);
    sync("--streams", "activities");
    api.hides(7);
    later(Duration.ofDays(1));
    sync("--streams", "activities");
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--streams", "activities", "--runs", "2");

    assertThat(calls(forecast.path("runs").path(1))).containsEntry("/activities/{id}", 1L);
    assertRunsAre(forecast, "--streams", "activities");
  }

  @Test
  void forecastsOptionalStreamsThatTakeSeveralCalls() {
    api.hasActivities(30);
    for (long id = 1; id <= 30; id++) {
      api.activity(id).put("kudos_count", id % 3 == 0 ? 0 : 450);
      String path = "/activities/%d/kudos".formatted(id);
      api.respondsWith(path, 1, people(0, 200));
      api.respondsWith(path, 2, people(200, 200));
      api.respondsWith(path, 3, people(400, 50));
    }
    api.allowsPerWindow(50);
    String streams = "--streams=+kudos";
    variables.remove("PACELINE_STRAVA_STREAMS");
    sync(streams);
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan(streams, "--every", "PT15M");

    assertThat(forecast.path("runs")).hasSizeGreaterThan(1);
    assertRunsAre(forecast, streams);
    assertThat(forecast.path("calls").path("/activities/{id}/kudos").asInt())
        .as("twenty activities in all, of three pages each")
        .isGreaterThan(30);
  }

  @Test
  void forecastsRecordsThatFailAgain() {
    api.hasActivities(30);
    api.breaks("/activities/3", 500);
    api.breaks("/activities/9", 403);
    api.breaks("/activities/11/streams", 418);
    api.breaks("/activities/12/streams", 418);
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "5");

    assertThat(calls(forecast.path("runs").path(0)))
        .as("one of four attempts, and one denied")
        .containsEntry("/activities/{id}", 4L + 1)
        .containsEntry("/activities/{id}/streams", 2L);
    assertRunsAre(forecast);
  }

  @Test
  void forecastsAStreamThatTheTokenLacksAScopeFor() {
    api.hasActivities(10);
    for (int id = 1; id <= 10; id++) {
      api.breaks("/activities/%d/streams".formatted(id), 401, "{\"code\":\"missing\"}");
    }
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "3");

    assertThat(calls(forecast.path("runs").path(2)))
        .as("three calls show it, in each run")
        .containsEntry("/activities/{id}/streams", 3L);
    assertRunsAre(forecast);
  }

  @Test
  void forecastsAListingThatIsRefused() {
    api.breaks("/athlete/clubs", 402);
    api.hasActivities(3);
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "4");

    assertRunsAre(forecast);
  }

  @Test
  void forecastsFromTheLogIfTheStateIsLost() throws IOException {
    api.hasActivities(150);
    sync();
    Files.delete(folder.resolve("lake/state/strava/anna.json.gz"));
    later(Duration.ofDays(1));

    JsonNode forecast = plan();

    assertRunsAre(forecast);
  }

  @Test
  void beginsAllAtTheTimesOfTheSchedule() {
    api.hasActivities(10);
    sync();

    JsonNode forecast = plan("--runs", "3", "--every", "PT12H", "--at", "2026-11-03T01:02:03.456Z");

    assertThat(forecast.path("runs").findValuesAsText("at"))
        .containsExactly("2026-11-03T01:02:03Z", "2026-11-03T13:02:03Z", "2026-11-04T01:02:03Z");
  }

  private static String people(int from, int count) {
    return Stream.iterate(from, id -> id + 1)
        .limit(count)
        .map(id -> "{\"firstname\":\"P%d\"}".formatted(id))
        .toList()
        .toString();
  }

  /// Lasts longer than any test, and says whose it is.
  private String tokenOf(String account) {
    return api.tokenOf(account)
        .replaceAll("\"expires_at\":\\d+", "\"expires_at\":1893456000")
        .replace("{", "{\"athlete\":{\"id\":\"1001\"},");
  }

  private void later(Duration time) {
    api.advancesClockBy(time);
  }

  /// A forecast from the source's present time.
  private JsonNode plan(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    if (!arguments.contains("--at")) {
      arguments.addAll(List.of("--at", api.now().toString()));
    }
    assertThat(run("plan", "strava", arguments.toArray(String[]::new))).as(output()).isZero();
    assertThat(report().has("left_out")).as("the whole report").isFalse();
    return report();
  }

  /// Runs at the forecast's times.
  private void assertRunsAre(JsonNode forecast, String... arguments) {
    int number = 0;
    for (JsonNode expected : forecast.path("runs")) {
      number++;
      api.setsClockTo(expected.path("at").asText());
      sync(arguments);
      Map<String, Long> made = new TreeMap<>();
      for (JsonNode account : report().path("accounts")) {
        calls(account).forEach((endpoint, count) -> made.merge(endpoint, count, Long::sum));
      }
      assertThat(made).as("run %d: %s", number, report()).isEqualTo(calls(expected));
      assertThat(report().path("status")).as("run %d", number).isEqualTo(expected.path("status"));
      assertThat(api.now().truncatedTo(ChronoUnit.SECONDS))
          .as("the end of run %d", number)
          .isEqualTo(expected.path("ends").asText());
      assertThat(expected.path("total").asLong()).isEqualTo(report().path("calls").asLong());
    }
  }

  /// After the last run: the account has nothing to read, and since when it says.
  private void assertCompleteIs(JsonNode forecast, String name) {
    JsonNode expected =
        forecast
            .path("accounts")
            .valueStream()
            .filter(account -> account.path("account").asText().equals(name))
            .findFirst()
            .orElseThrow();
    JsonNode account =
        report()
            .path("accounts")
            .valueStream()
            .filter(each -> each.path("account").asText().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(account.has("queued")).as("%s", account).isFalse();
    Instant last =
        Stream.of("activities", "activity_details", "activity_streams")
            .flatMap(stream -> records(name, stream).stream())
            .map(line -> Instant.parse(line.path("extracted_at").asText()))
            .max(Instant::compareTo)
            .orElseThrow();
    assertThat(last).isEqualTo(expected.path("complete_at").asText());
  }

  private static Map<String, Long> calls(JsonNode part) {
    Map<String, Long> calls = new TreeMap<>();
    part.path("calls")
        .properties()
        .forEach(call -> calls.put(call.getKey(), call.getValue().asLong()));
    return calls;
  }
}
