package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Forecasts of runs after the import: listings, edits that no listing shows, and what fails.
final class PlanDailyTest extends PlanTestCase {

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
  void forecastsRecordsThatFailAgain() {
    api.hasActivities(30);
    api.breaks("/activities/3", 500);
    api.breaks("/activities/9", 403);
    api.breaks("/activities/10", 401);
    api.breaks("/activities/11/streams", 418);
    api.breaks("/activities/12/streams", 418);
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "5");

    assertThat(calls(forecast.path("runs").path(0)))
        .as("four attempts, one denied, and one denied twice")
        .containsEntry("/activities/{id}", 4L + 1 + 2)
        .containsEntry("/activities/{id}/streams", 2L);
    assertRunsAre(forecast);
  }

  @Test
  void forecastsAStreamThatTheTokenLacksAScopeFor() {
    api.hasActivities(10);
    for (int id = 1; id <= 10; id++) {
      api.lacksScope("/activities/%d/streams".formatted(id));
    }
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "3");

    assertThat(calls(forecast.path("runs").path(2)))
        .as("three calls show it, in each run")
        .containsEntry("/activities/{id}/streams", 3L);
    assertThat(output()).contains("lacked a scope for the records of activity_streams");
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

  @Test
  void forecastsAListingThatTheBudgetEndsWhileItConfirmsDeletions() {
    isCutWhileItConfirmsDeletions();
    later(Duration.ofMinutes(15));

    JsonNode forecast = plan("--streams", "activities", "--every", "PT15M");

    assertThat(calls(forecast.path("runs").path(0)))
        .as("resumed after some of the 15 confirmations")
        .doesNotContainKey("/athlete/activities");
    assertRunsAre(forecast, "--streams", "activities");
  }

  @Test
  void forecastsRecordsWhoseConnectionsBreakAgain() {
    api.hasActivities(10);
    api.disconnects("/activities/3");
    api.disconnects("/activities/4/streams");
    sync();
    later(Duration.ofDays(1));

    JsonNode forecast = plan("--runs", "3");

    assertThat(calls(forecast.path("runs").path(0)))
        .as("four attempts, and another call at once")
        .containsEntry("/activities/{id}", 4L);
    assertRunsAre(forecast);
  }

  private void isCutWhileItConfirmsDeletions() {
    api.hasActivities(30);
    sync("--streams", "activities");
    for (int id = 1; id <= 15; id++) {
      api.hides(id);
    }
    later(Duration.ofDays(1));
    api.allowsPerWindow(10);
    assertThat(sync("--streams", "activities")).isEqualTo(75);
  }

  @Test
  void forecastsTheDayAfterAListingThatWasCutWhileItConfirmedDeletions() {
    isCutWhileItConfirmsDeletions();
    later(Duration.ofDays(1));

    assertRunsAre(plan("--streams", "activities", "--runs", "2"), "--streams", "activities");
  }

  @Test
  void forecastsTheDayAfterTheRestOfItsConfirmations() {
    isCutWhileItConfirmsDeletions();
    later(Duration.ofMinutes(15));

    assertRunsAre(plan("--streams", "activities", "--runs", "2"), "--streams", "activities");
  }

  @Test
  void forecastsARecordThatLeadsNowhere() {
    api.hasActivities(10);
    api.breaks("/activities/3", 307); // without a Location
    sync();
    later(Duration.ofDays(1));

    assertRunsAre(plan("--runs", "2"));
  }

  @Test
  void forecastsARecordInPlaceOfWhichHtmlComes() {
    api.hasActivities(10);
    api.respondsWith("/activities/3", "<html>");
    sync();
    later(Duration.ofDays(1));

    assertRunsAre(plan("--runs", "2"));
  }

  @Test
  void forecastsVerificationBesideOneRecordWithoutScope() {
    api.hasActivities(10);
    sync();
    api.hasActivities(11);
    api.lacksScope("/activities/11");
    later(Duration.ofHours(1));
    sync();
    later(Duration.ofDays(1));

    assertRunsAre(plan("--runs", "1", "--verify-calls", "8"), "--verify-calls", "8");
  }
}
