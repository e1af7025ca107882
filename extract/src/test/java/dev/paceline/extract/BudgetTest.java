package dev.paceline.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No call beyond the budget, and none that the last run has already made.
final class BudgetTest extends SyncTestCase {

  @BeforeEach
  void readsDetails() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,activity_details");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.hasActivities(30);
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"athlete\":{\"id\":\"1001\"}}");
  }

  @Test
  void remembersASpentBudget() {
    api.allows(10);
    assertThat(sync()).isEqualTo(75);
    assertThat(api.calls("/")).hasSize(10);

    assertThat(sync()).isEqualTo(75);

    assertThat(api.calls("/")).as("no further call").hasSize(10);
    assertThat(account().path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
  }

  @Test
  void resumesInTheNextWindowWithoutListingAgain() {
    api.allows(10);
    sync();
    api.advancesClockBy(Duration.ofMinutes(15));
    api.allows(1_000);

    assertThat(sync()).isZero();

    assertThat(api.calls("/athlete/activities")).as("the listing of the day").hasSize(2);
    assertThat(api.calls("/")).hasSize(3 + 30);
    assertThat(records("anna", "activity_details")).hasSize(30);
  }

  @Test
  void listsAgainTheNextDay() {
    api.allows(10);
    sync();
    api.advancesClockBy(Duration.ofDays(1));
    api.allows(1_000);

    sync();

    assertThat(api.calls("/athlete/activities")).hasSize(4);
  }

  @Test
  void resumesAListingThatTheBudgetEnded() {
    api.hasActivities(1_000);
    api.allows(3);
    sync();
    api.advancesClockBy(Duration.ofMinutes(15));
    api.allows(1_000_000);

    assertThat(sync("--streams", "activities")).isZero();

    assertThat(api.calls("/athlete/activities")).hasSize(3 + 4);
    assertThat(records("anna", "activities")).hasSize(1_000);
    assertThat(found("activities").path("deletes").asInt()).as("nothing was missed").isZero();
  }

  @Test
  void waitsForTheNextWindowOnRequest() {
    api.allowsPerWindow(10);

    assertThat(sync("--on-limit", "wait")).isZero();

    assertThat(records("anna", "activity_details")).hasSize(30);
    assertThat(api.calls("/")).as("not a single one more").hasSize(3 + 30);
    assertThat(log("anna").size()).as("it commits before it waits").isGreaterThan(2);
  }

  @Test
  void endsImmediatelyWhenStoppedWhileWaiting() {
    api.allowsPerWindow(10);
    duringEachPause = stop::request;

    assertThat(sync("--on-limit", "wait")).isEqualTo(75);

    assertThat(api.calls("/")).as("no call in a window that has not begun").hasSize(10);
    assertThat(report().path("budget_after").path(0).path("left").asInt()).isZero();
    assertThat(records("anna", "activity_details")).hasSize(7);
  }

  @Test
  void reportsTheQueueAndWhenItCanBeDone() {
    api.allows(10);

    sync();

    JsonNode queued = account().path("queued");
    assertThat(queued.path("records").path("activity_details").asInt()).isEqualTo(23);
    assertThat(Instant.parse(queued.path("done_at").asText()))
        .as("23 calls at 10 a quarter-hour")
        .isEqualTo("2026-11-01T05:45:00Z");
    JsonNode quarter = report().path("budget_after").path(0);
    assertThat(quarter.path("left").asInt()).isZero();
    assertThat(quarter.path("most").asInt()).isEqualTo(10);
    assertThat(quarter.path("resets_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
  }

  @Test
  void reservesEnoughOfTheDayForAnotherListing() {
    api.allowsPerDay(20);

    assertThat(sync()).isEqualTo(75);

    assertThat(api.calls("/")).as("three are left for a listing").hasSize(17);
    assertThat(account().path("resume_at").asText()).isEqualTo("2026-11-02T00:00:00Z");
  }

  @Test
  void listsEveryAccountBeforeReadingDetailsInTurn() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    hasToken("ben", api.tokenOf("ben"));
    hasToken("anna", api.tokenOf("anna"));
    api.allows(10);

    sync();

    List<String> calls = api.calls("/");
    assertThat(calls.subList(0, 6)).allMatch(call -> call.contains("/athlete"));
    assertThat(records("anna", "activity_details")).hasSize(2);
    assertThat(records("ben", "activity_details")).hasSize(2);
  }

  /// A run that the budget ends. Returns the file of the application's state.
  private Path leavesTheTurnToBen() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    hasToken("ben", api.tokenOf("ben"));
    hasToken("anna", api.tokenOf("anna"));
    api.allows(9); // six for listings, two for anna, one for ben
    sync();
    Path application = folder.resolve("lake/state/strava/_app-20001.json");
    assertThat(application).content().contains("\"turn\":\"ben\"");
    api.allows(1_000);
    api.advancesClockBy(Duration.ofMinutes(15));
    return application;
  }

  @Test
  void aKilledRunLeavesTheTurnWhereItWas() {
    Path application = leavesTheTurnToBen();
    List<String> during = new ArrayList<>();
    api.afterEachCall(() -> during.add(contentOf(application.toFile(), UTF_8)));

    assertThat(sync()).isZero();

    assertThat(during).isNotEmpty().allMatch(state -> state.contains("\"turn\":\"ben\""));
    assertThat(application).content().doesNotContain("\"turn\":\"");
  }

  @Test
  void aRunOfOneAccountLeavesTheTurnToTheOthers() {
    Path application = leavesTheTurnToBen();

    assertThat(sync("--account", "anna")).isZero();

    assertThat(application)
        .content()
        .contains("\"turn\":\"ben\"")
        .contains("\"unfinished\":\"2026-11-01\"");
  }
}
