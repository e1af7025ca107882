package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Edits that no listing shows are found by reading the least recently read records again.
final class VerifyTest extends SyncTestCase {

  @BeforeEach
  void readsDetails() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,activity_details");
    api.hasActivities(5);
    sync();
  }

  @Test
  void findsEveryUnseenEditWithinTheReportedDays() {
    api.respondsWith("/activities/1", "{\"id\":1,\"description\":\"Edited\"}");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "2");
    for (int day = 1; day <= 3; day++) {
      api.advancesClockBy(Duration.ofDays(1));
      assertThat(sync()).isZero();
      assertThat(account().path("verified").path("records").asInt()).isEqualTo(5);
      assertThat(account().path("verified").path("days").asInt()).isEqualTo(3);
    }

    assertThat(records("anna", "activity_details").getLast().path("data").toString())
        .contains("Edited");
    assertThat(log("anna")).as("unchanged records are not written").hasSize(2);
  }

  @Test
  void readsTheLeastRecentlyReadFirst() {
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "3");
    api.advancesClockBy(Duration.ofDays(1));
    int before = api.calls("/activities/").size();
    sync();
    api.advancesClockBy(Duration.ofDays(1));
    sync();

    assertThat(api.calls("/activities/").subList(before, before + 5)).doesNotHaveDuplicates();
    assertThat(api.calls("/activities/")).hasSize(before + 6);
  }

  @Test
  void readsNothingAgainInTheSameRun() {
    assertThat(api.calls("/activities/")).as("the first import").hasSize(5);
  }

  @Test
  void readsNothingAgainWithZeroVerifyCalls() {
    api.advancesClockBy(Duration.ofDays(1));

    sync("--verify-calls", "0");

    assertThat(api.calls("/activities/")).hasSize(5);
  }

  @Test
  void refusesAnInvalidNumber() {
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "some");

    assertThat(sync()).isEqualTo(78);
    assertThat(report().path("error").path("what").asText())
        .isEqualTo("PACELINE_STRAVA_VERIFY_CALLS is \"some\"");
  }

  @Test
  void whatCannotBeReadAgainIsTriedAfterOneTwoAndFourDays() {
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "50");
    api.breaks("/activities/3", 500);
    for (int day = 1; day <= 6; day++) {
      api.advancesClockBy(Duration.ofDays(1));
      assertThat(sync()).isZero();
      assertThat(account().path("rejected").path("total").asInt()).as("day %d", day).isEqualTo(1);
      assertThat(account().path("verified").path("records").asInt()).as("in turn").isEqualTo(5);
    }

    assertThat(records("anna", "_rejected")).as("on days 1, 2 and 4").hasSize(3);
  }

  @Test
  void whatCouldBeReadAgainIsNotReportedForEver() {
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "50");
    api.breaks("/activities/3", 500);
    api.advancesClockBy(Duration.ofDays(1));
    sync();
    api.breaks("/activities/3", 0);
    api.advancesClockBy(Duration.ofDays(1));
    sync();
    assertThat(account().has("rejected")).isFalse();
    deletesState();
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.advancesClockBy(Duration.ofDays(1));

    assertThat(sync()).isZero();

    assertThat(account().has("rejected")).as("though only the failure is in the log").isFalse();
  }
}
