package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Forecasts of imports: what is still to be read, by how many runs.
final class PlanImportTest extends PlanTestCase {

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
    assertThat(forecast.path("assumptions").toString())
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

  private static String people(int from, int count) {
    return Stream.iterate(from, id -> id + 1)
        .limit(count)
        .map(id -> "{\"firstname\":\"P%d\"}".formatted(id))
        .toList()
        .toString();
  }
}
