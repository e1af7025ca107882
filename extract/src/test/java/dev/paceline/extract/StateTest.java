package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The state of an account, and the commits that it is based on.
class StateTest extends SyncTestCase {

  @Test
  void rebuildsALostStateFromTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    api.deletes(2);
    sync();
    Files.delete(folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")));

    assertThat(sync()).isZero();

    assertThat(log("anna")).as("nothing is written again").hasSize(2);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void updatesAStateThatLagsTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    Path state = folder.resolve("lake").resolve(LakeLayout.state("strava", "anna"));
    byte[] older = Files.readAllBytes(state);
    api.activity(1).put("name", "Renamed");
    sync();
    Files.write(state, older); // as after a kill between commit and state

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(2);
  }

  @Test
  void rebuildsAnUnreadableStateFromTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    Files.writeString(
        folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")), "garbage");

    assertThat(sync()).isZero();
    assertThat(log("anna")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "{\"version\":1,\"api\":null,\"commit\":1,\"listings\":null,\"items\":null,\"refetch_keys\":null}"
      })
  void rebuildsAStateOfTheWrongFormFromTheLog(String json) throws IOException {
    api.hasActivities(3);
    sync();
    Path state = folder.resolve("lake").resolve(LakeLayout.state("strava", "anna"));
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(state))) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(sync()).isZero();
    assertThat(log("anna")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "{\"windows\":[null]}", "{\"windows\":[{}]}"})
  void startsWithAnEmptyBudgetIfTheLastOneIsOfTheWrongForm(String json) throws IOException {
    api.hasActivities(3);
    sync();
    Files.writeString(
        folder.resolve("lake").resolve(LakeLayout.applicationState("strava", "20001")), json);

    assertThat(sync()).isZero();
    assertThat(report().path("budget_before")).isEmpty();
  }

  @Test
  void commitsWhatItHasWhenAskedToStop() {
    api.hasActivities(1_000);
    int[] calls = {0};
    api.afterEachCall(() -> {
      calls[0]++;
      if (calls[0] == 4) {
        stop.request();
      }
    });

    assertThat(sync()).isEqualTo(75);

    assertThat(records("anna", "activities")).hasSize(200 + 199);
    api.afterEachCall(() -> {});
    stop = new StopSignal();
    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).as("each once").hasSize(1_000);
    assertThat(found("activities").path("unchanged").asInt())
        .as("it resumes: only the second of overlap is read again")
        .isEqualTo(1);
  }

  @Test
  void respectsALockThatAnotherRunHolds() {
    try (ObjectStore store = lake();
        LakeLock _ =
            LakeLock.acquire(
                store, LakeLayout.lock("strava", "anna"), "other-run", InstantSource.system())) {
      assertThat(sync()).isEqualTo(75);
    }
    assertThat(account().path("error").path("what").asText()).contains("other-run");
    assertThat(api.calls("/")).isEmpty();
  }

  @Test
  void writesItsReportToTheLake() throws IOException {
    sync();

    String key =
        LakeLayout.report(
            "strava", log("anna").getFirst().ds(), report().path("run").asText(), "extract");
    assertThat(Json.MAPPER.readTree(folder.resolve("lake").resolve(key).toFile()))
        .isEqualTo(report());
  }

  @Test
  void resumesWhereTheBudgetStoppedIt() {
    api.hasActivities(1_000);
    api.allows(4);
    sync();
    api.allows(1_000_000);
    api.setsClockTo("2026-11-01T05:15:00Z");

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(1_000 - 598);
  }

  @Test
  void commitsAfterTheConfiguredNumberOfCalls() {
    limits = new CommitLimits(2, Long.MAX_VALUE, Duration.ofDays(1));
    api.hasActivities(1_000);

    assertThat(sync()).isZero();

    assertThat(log("anna")).extracting(Commit::calls).containsOnly(2L);
    assertThat(log("anna")).as("of eight calls").hasSize(4);
    assertThat(records("anna", "activities")).hasSize(1_000);
  }

  @Test
  void commitsBeforeItGathersTooMuch() {
    limits = new CommitLimits(Long.MAX_VALUE, 10_000, Duration.ofDays(1));
    api.hasActivities(1_000);

    assertThat(sync()).isZero();

    assertThat(log("anna")).as("of six pages").hasSize(6);
  }

  @Test
  void keepsItsStateWhenAnotherRunHasCommitted() {
    api.hasActivities(2);
    sync();
    api.activity(1).put("name", "Renamed");
    boolean[] done = {false};
    api.afterEachCall(() -> {
      if (!done[0]) {
        done[0] = true;
        commitsElsewhere("[2]", "{\"id\":2,\"name\":\"stale\"}");
      }
    });

    assertThat(sync()).isEqualTo(75);
    assertThat(sync()).isZero();

    assertThat(records("anna", "activities").getLast().path("data").toString())
        .as("what the other run made stale is written again")
        .isEqualTo(api.activity(2).toString());
  }

  @Test
  void writesEverythingAgainWhenTheLogIsMissing() throws IOException {
    api.hasActivities(3);
    sync();
    Files.delete(folder.resolve("lake").resolve(LakeLayout.commit("strava", "anna", 1)));

    assertThat(sync()).isZero();

    assertThat(records("anna", "activities")).hasSize(3);
  }

  @Test
  void readsNoFurtherAccountWhenAskedToStop() {
    hasToken("ben", "{\"refresh_token\":\"refresh-0\"}");
    api.hasActivities(3);
    api.afterEachCall(() -> stop.request());

    assertThat(sync("--account", "anna", "--account", "ben")).isEqualTo(75);

    assertThat(report().path("accounts").path(1).path("status").asText()).isEqualTo("try_again");
    assertThat(report().path("accounts").path(1).path("calls")).isEmpty();
  }

  private void commitsElsewhere(String key, String data) {
    Origin origin = new Origin("strava", "anna", "other-run", null, "1");
    Instant now = Instant.parse("2026-11-01T05:07:00Z");
    try (ObjectStore store = lake();
        CommitWriter writer = new CommitWriter(store, origin, 1)) {
      writer.upsert("activities", key, now, data.getBytes(StandardCharsets.UTF_8));
      writer.commit(LocalDate.of(2026, 11, 1), now, 1, List.of());
    }
  }
}
