package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `--on-limit window`: a run waits out the quarter-hour, and ends when the day's budget is spent.
/// The source's clock begins at 05:07 UTC.
final class OnLimitTest extends SyncTestCase {

  @BeforeEach
  void hasThirtyActivities() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,activity_details");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.hasActivities(30);
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"athlete\":{\"id\":\"1001\"}}");
  }

  @Test
  void waitsOutTheQuarterHourIfTheDayAllowsMore() {
    api.allowsPerWindow(10);

    assertThat(sync("--on-limit", "window")).isZero();

    assertThat(records("anna", "activity_details")).hasSize(30);
    assertThat(api.calls("/")).as("not a single one more").hasSize(3 + 30);
    assertThat(slept).as("from 05:07 to 05:45").isBetween(minutes(38), minutes(39));
  }

  @Test
  void endsWhenTheDaysBudgetIsSpent() {
    api.allowsPerWindow(10);
    api.allowsPerDay(25);

    assertThat(sync("--on-limit", "window")).isEqualTo(75);

    assertThat(api.calls("/")).as("three are left for a listing").hasSize(22);
    assertThat(records("anna", "activity_details")).as("all read is committed").hasSize(19);
    assertThat(slept)
        .as("from 05:07 to 05:30, not to midnight")
        .isBetween(minutes(23), minutes(24));
    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-02T00:00:00Z");
  }

  @Test
  void doesNotWaitIfTheQuarterHourAndTheDayAreBothSpent() {
    api.allowsPerWindow(8);
    api.allowsPerDay(10);

    assertThat(sync("--on-limit", "window")).isEqualTo(75);

    assertThat(api.calls("/")).as("only the reserve of the day is left").hasSize(8);
    assertThat(slept).isZero();
    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-02T00:00:00Z");
  }

  @Test
  void endsImmediatelyWhenStoppedWhileWaiting() {
    api.allowsPerWindow(10);
    duringEachPause = stop::request;

    assertThat(sync("--on-limit", "window")).isEqualTo(75);

    assertThat(slept).isEqualTo(Duration.ofSeconds(1));
    assertThat(api.calls("/")).as("no call in a window that has not begun").hasSize(10);
    assertThat(records("anna", "activity_details")).as("it commits before it waits").hasSize(7);
  }

  @Test
  void aListingMaySpendWhatIsReservedForIt() {
    api.allowsPerDay(20);
    assertThat(sync()).as("three are left for a listing").isEqualTo(75);
    api.advancesClockBy(Duration.ofHours(4));
    api.allowsPerWindow(2);

    assertThat(sync("--on-limit", "window")).isEqualTo(75);

    assertThat(api.calls("/athlete/activities")).as("in two quarter-hours").hasSize(2 + 2);
    assertThat(found("activities").path("unchanged").asInt()).isGreaterThanOrEqualTo(30);
    assertThat(slept).isBetween(minutes(1), minutes(15));
  }

  /// Returns how many calls were made before.
  private int hidesMoreThanAWindowAllows() {
    for (int id = 1; id <= 15; id++) {
      api.hides(id);
    }
    api.advancesClockBy(Duration.ofDays(1));
    api.allowsPerWindow(10);
    return api.calls("/").size();
  }

  @Test
  void goesOnConfirmingDeletionsInTheNextWindow() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities");
    sync();
    int before = hidesMoreThanAWindowAllows();

    assertThat(sync("--on-limit", "window")).isZero();

    assertThat(api.calls("/").size() - before).as("each is asked for once").isEqualTo(3 + 15);
  }

  @Test
  void goesOnConfirmingDeletionsInTheNextRun() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities");
    sync();
    int before = hidesMoreThanAWindowAllows();
    assertThat(sync()).isEqualTo(75);
    api.advancesClockBy(Duration.ofMinutes(15));

    assertThat(sync()).isZero();

    assertThat(api.calls("/").size() - before).as("each is asked for once").isEqualTo(3 + 15);
  }

  @Test
  void canBeSetInTheEnvironment() {
    variables.put("PACELINE_STRAVA_ON_LIMIT", "window");
    api.allowsPerWindow(10);

    assertThat(sync()).isZero();
  }

  @Test
  void rejectsAnUnknownPolicy() {
    assertThat(sync("--on-limit", "hour")).isEqualTo(64);

    assertThat(report().path("error").path("what").asText()).isEqualTo("--on-limit is \"hour\"");
    assertThat(report().path("error").path("remedy").asText())
        .isEqualTo("give stop, window or wait");
  }

  @Test
  void logsEveryFiveMinutesThatItIsStillWaiting() {
    api.allowsPerWindow(20);

    sync("--on-limit", "window");

    assertThat(waitingLines("The call budget is spent; waiting until 2026-11-01T05:15:00Z."))
        .hasSize(1);
    assertThat(waitingLines("Still waiting until 2026-11-01T05:15:00Z."))
        .as("eight minutes")
        .hasSize(1);
  }

  @Test
  void showsOnATerminalUntilWhenItWaits() {
    terminal = true;
    api.allowsPerWindow(20);
    duringEachPause = OnLimitTest::outlastTheProgressInterval;

    sync("--on-limit", "window");

    assertThat(output())
        .contains("\r\u001b[Kthe call budget is spent; waiting until 2026-11-01T05:15:00Z")
        .doesNotContain("Still waiting");
  }

  private List<String> waitingLines(String message) {
    return output().lines().filter(line -> line.contains(message)).toList();
  }

  /// A progress line is not rewritten sooner than 200 ms after the one before it.
  private static void outlastTheProgressInterval() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}
