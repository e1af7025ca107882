package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.store.ObjectStore;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever writes an account's log holds that account's lock; the others go on.
final class AccountLockTest extends SyncTestCase {

  @BeforeEach
  void hasAnnaAndBen() {
    hasToken("ben", api.tokenOf("ben"));
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    api.hasActivities(3);
  }

  @Test
  void theOtherAccountsGoOn() {
    try (ObjectStore store = lake();
        LakeLock _ =
            LakeLock.acquire(
                store,
                LakeLayout.lock("strava", "anna"),
                "archive-run",
                () -> Instant.parse("2026-11-01T05:07:00Z"))) {
      assertThat(sync()).isEqualTo(75);
    }

    JsonNode anna = report().path("accounts").path(0);
    assertThat(anna.path("status").asText()).isEqualTo("try_again");
    assertThat(anna.path("error").path("what").asText()).contains("archive-run");
    assertThat(anna.path("calls")).isEmpty();
    assertThat(Instant.parse(anna.path("resume_at").asText()))
        .as("by the source's clock, at most a lease away")
        .isBetween("2026-11-01T05:07:00Z", "2026-11-01T05:08:10Z");
    assertThat(report().path("accounts").path(1).path("status").asText()).isEqualTo("done");
    assertThat(records("ben", "activities")).hasSize(3);
    assertThat(log("anna")).isEmpty();
  }

  @Test
  void aSecondApplicationSharesTheLockButNotTheBudget() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna");
    assertThat(sync()).isZero();
    variables.put("PACELINE_STRAVA_CLIENT_ID", "30003");
    variables.put("PACELINE_STRAVA_ACCOUNTS", "ben");

    assertThat(sync()).isZero();

    assertThat(report().path("budget_before")).as("it has used nothing yet").isEmpty();
    assertThat(folder.resolve("lake/state/strava/_app-20001.json")).exists();
    assertThat(folder.resolve("lake/state/strava/_app-30003.json")).exists();
    try (ObjectStore store = lake();
        LakeLock _ =
            LakeLock.acquire(
                store, LakeLayout.lock("strava", "ben"), "first-application", Instant::now)) {
      assertThat(sync()).isEqualTo(75);
    }
  }

  @Test
  void isReleasedAtTheEnd() {
    sync();

    assertThat(Files.exists(folder.resolve("lake").resolve(LakeLayout.lock("strava", "anna"))))
        .isFalse();
    assertThat(Files.exists(folder.resolve("lake").resolve(LakeLayout.lock("strava", "ben"))))
        .isFalse();
  }
}
