package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A first import as the DAG makes it: one run a day with `--on-limit window`, at the limits of a
/// new application. The source's clock moves only while the run sleeps.
@Timeout(300)
final class FirstImportTest extends SyncTestCase {

  private static final int ACTIVITIES = 1_132;
  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-01");

  /// How far the source's clock moves at a time: it is ahead of the run's sleep by at most this.
  private static final Duration STEP = Duration.ofMinutes(1);

  private SandboxProcess sandbox;
  private String athlete;
  private Duration advanced = Duration.ZERO;

  @BeforeEach
  void hasAnAthleteWithYearsOfActivities() throws IOException {
    sandbox =
        SandboxProcess.begin(
            "--athletes", "1",
            "--activities", String.valueOf(ACTIVITIES),
            "--stream-points", "10",
            "--clock", FIRST_DAY + "T00:05:00Z",
            "--limits", "200/2000,100/1000");
    JsonNode anna = sandbox.control("athletes").path(0);
    athlete = anna.path("id").asText();
    hasToken("anna", "{\"refresh_token\":\"%s\"}".formatted(anna.path("refresh_token").asText()));
    variables.put("PACELINE_STRAVA_API_URL", sandbox.url() + "/api/v3");
    variables.put("PACELINE_STRAVA_OAUTH_URL", sandbox.url() + "/oauth");
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "sandbox-secret");
    variables.remove("PACELINE_STRAVA_STREAMS");
    duringEachPause = this::advanceTheSource;
  }

  @AfterEach
  void end() {
    sandbox.close();
  }

  @Test
  void isCompleteOnTheThirdDayWithoutACallTooMany() {
    assertThat(syncOn(FIRST_DAY)).isEqualTo(75);
    assertThat(report().path("commits").asInt()).as("the day's task is green").isPositive();
    assertThat(account().path("queued").isMissingNode()).isFalse();
    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-02T00:00:00Z");

    assertThat(syncOn(FIRST_DAY.plusDays(1))).isEqualTo(75);
    assertThat(report().path("commits").asInt()).isPositive();

    assertThat(syncOn(FIRST_DAY.plusDays(2))).isZero();
    assertThat(account().path("queued").isMissingNode()).as("nothing is left to be read").isTrue();

    Set<Long> listed = listed();
    assertThat(listed).hasSizeGreaterThanOrEqualTo(ACTIVITIES);
    assertThat(keys("activities")).isEqualTo(listed);
    assertThat(keys("activity_details")).isEqualTo(listed);
    List<JsonNode> recorded =
        records("anna", "activities").stream()
            .map(line -> line.path("data"))
            .filter(activity -> !activity.path("manual").asBoolean())
            .toList();
    assertThat(keys("activity_streams")).as("those not entered by hand").isEqualTo(ids(recorded));
    assertThat(ids(recorded)).hasSizeGreaterThan(ACTIVITIES / 2);
  }

  /// Runs at five past midnight, within the limits.
  private int syncOn(LocalDate day) {
    sandbox.control("PUT", "clock", "{\"now\":\"%sT00:05:00Z\"}".formatted(day));
    sandbox.control("DELETE", "calls", "");
    int exit = sync("--on-limit", "window");
    JsonNode calls = sandbox.control("calls");
    assertThat(calls.findValues("429")).as("%s: calls beyond the limits", day).isEmpty();
    long reads =
        calls
            .propertyStream()
            .filter(endpoint -> !endpoint.getKey().startsWith("/oauth"))
            .flatMap(endpoint -> endpoint.getValue().valueStream())
            .mapToLong(JsonNode::asLong)
            .sum();
    assertThat(reads).as("%s: reads", day).isEqualTo(report().path("calls").asLong());
    assertThat(reads).as("%s: reads", day).isBetween(300L, 1_000L);
    return exit;
  }

  private Set<Long> listed() {
    JsonNode activities = sandbox.control("athletes/%s/activities".formatted(athlete));
    return ids(activities.valueStream().toList());
  }

  private static Set<Long> ids(List<JsonNode> activities) {
    return activities.stream()
        .map(activity -> activity.path("id").asLong())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The ids of a stream's records in the lake.
  private Set<Long> keys(String stream) {
    return records("anna", stream).stream()
        .map(line -> line.path("key").path(0).asLong())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void advanceTheSource() {
    if (slept.compareTo(advanced) > 0) {
      sandbox.control("PUT", "clock", "{\"advance\":\"%s\"}".formatted(STEP));
      advanced = advanced.plus(STEP);
    }
  }
}
