package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The data depends on the seed and the clock, and on nothing else.
final class DeterminismTest {

  @Test
  void returnsTheSameBytesForTheSameSeedAndClock() {
    try (RunningSandbox one = RunningSandbox.atNoon("--athletes", "3");
        RunningSandbox other = RunningSandbox.atNoon("--athletes", "3")) {
      assertThat(one.athletes()).isEqualTo(other.athletes()).hasSize(3);
      for (JsonNode athlete : one.athletes()) {
        String path = "/athletes/" + athlete.path("id").asText() + "/activities";
        assertThat(one.control("GET", path, "").body())
            .isEqualTo(other.control("GET", path, "").body());
      }
      String newest = "/api/v3/activities/" + one.activities().get(0).path("id").asText();
      for (String path :
          List.of("/api/v3/athlete", "/api/v3/athlete/activities?per_page=200", newest)) {
        assertThat(one.get(path).body()).isEqualTo(other.get(path).body()).isNotEmpty();
      }
    }
  }

  @Test
  void generatesOtherDataForAnotherSeed() {
    try (RunningSandbox one = RunningSandbox.atNoon("--seed", "1");
        RunningSandbox other = RunningSandbox.atNoon("--seed", "2")) {
      assertThat(one.athlete()).isNotEqualTo(other.athlete());
      assertThat(one.activities()).isNotEqualTo(other.activities());
    }
  }

  @Test
  void revealsNewActivitiesAndKeepsTheOldOnesWhenTheClockMoves() {
    try (RunningSandbox sandbox = RunningSandbox.atNoon()) {
      List<String> before = records(sandbox.activities());
      sandbox.advance("P14D");
      List<String> after = records(sandbox.activities());
      assertThat(after.size()).isGreaterThan(before.size());
      assertThat(after.subList(after.size() - before.size(), after.size())).isEqualTo(before);
      sandbox.advance("-P14D");
      assertThat(records(sandbox.activities())).isEqualTo(before);
    }
  }

  @Test
  void showsTheSameHistoryHoweverTheClockGotThere() {
    try (RunningSandbox moved =
            RunningSandbox.with(
                "--since", "2026-01-01", "--clock", "2026-02-01T05:00:00Z", "--limits", "off");
        RunningSandbox started =
            RunningSandbox.with(
                "--since", "2026-01-01", "--clock", "2026-03-01T05:00:00Z", "--limits", "off")) {
      for (int day = 0; day < 28; day++) {
        moved.advance("P1D");
        moved.activities();
      }
      assertThat(moved.activities()).isEqualTo(started.activities()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void showsAnActivityOnlyMinutesAfterItsEnd() {
    try (RunningSandbox sandbox = RunningSandbox.atNoon()) {
      JsonNode newest = sandbox.activities().get(0);
      Instant end =
          Instant.parse(newest.path("start_date").asText())
              .plusSeconds(newest.path("elapsed_time").longValue());
      long id = newest.path("id").longValue();
      sandbox.control("PUT", "/clock", "{\"now\":\"" + end.plusSeconds(60) + "\"}");
      assertThat(ids(sandbox.activities())).doesNotContain(id);
      sandbox.control("PUT", "/clock", "{\"now\":\"" + end.plusSeconds(600) + "\"}");
      assertThat(ids(sandbox.activities())).contains(id);
    }
  }

  @Test
  void generatesExactlyTheRequestedNumberOfActivitiesWithDistinctStarts() {
    try (RunningSandbox sandbox =
        RunningSandbox.atNoon("--activities", "5000", "--athletes", "2")) {
      for (JsonNode athlete : sandbox.athletes()) {
        JsonNode activities =
            sandbox
                .control("GET", "/athletes/" + athlete.path("id").asText() + "/activities", "")
                .json();
        Set<String> starts = new HashSet<>();
        activities.forEach(activity -> starts.add(activity.path("start_date").asText()));
        assertThat(activities).hasSize(5000);
        assertThat(starts).hasSize(5000);
        assertThat(new HashSet<>(ids(activities))).hasSize(5000);
      }
      int before = sandbox.activities().size();
      sandbox.advance("P30D");
      assertThat(sandbox.activities().size()).isBetween(before + 5, before + 60);
    }
  }

  private static List<String> records(JsonNode activities) {
    List<String> records = new ArrayList<>();
    activities.forEach(activity -> records.add(activity.toString()));
    return records;
  }

  private static List<Long> ids(JsonNode activities) {
    List<Long> ids = new ArrayList<>();
    activities.forEach(activity -> ids.add(activity.path("id").longValue()));
    return ids;
  }
}
