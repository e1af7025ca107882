package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.DelegatingStore;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import dev.paceline.lake.store.TestStore;
import dev.paceline.testing.CommitDamage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not a commit as we write it is refused as a whole, on each store.
@ParameterizedClass
@EnumSource(TestStore.class)
class DamagedCommitTest {

  private static final LocalDate DS = LocalDate.of(2026, 11, 1);
  private static final Instant NOW = Instant.parse("2026-11-01T05:00:00Z");
  private static final String FIRST = LakeLayout.commit("strava", "anna", 1);

  private final ObjectStore store;
  private final CommitLog log;

  DamagedCommitTest(TestStore kind) {
    store = kind.open();
    log = new CommitLog(store, "strava", "anna");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.paceline.testing.CommitDamage#all")
  void isRefusedAndNamed(CommitDamage damage) {
    commit(1);
    StoredObject commit = store.read(FIRST).orElseThrow();

    assertThat(store.putIfMatch(FIRST, damage.applyTo(commit.body()), commit.etag()))
        .isInstanceOf(Put.Stored.class);

    assertRefused(() -> log.after(0), FIRST);
    assertRefused(() -> log.find(1), FIRST);
  }

  @Test
  void isRefusedUnderTheNameOfAnother() {
    commit(1);
    commit(2);
    StoredObject second = store.read(LakeLayout.commit("strava", "anna", 2)).orElseThrow();
    store.putIfAbsent(LakeLayout.commit("strava", "anna", 3), second.body());

    assertThat(log.find(2)).isPresent();
    assertRefused(() -> log.after(0), LakeLayout.commit("strava", "anna", 3));
  }

  @Test
  void isRefusedInTheLogOfAnotherAccount() {
    commit(1);
    byte[] body = store.read(FIRST).orElseThrow().body();
    store.putIfAbsent(LakeLayout.commit("strava", "ben", 1), body);

    assertRefused(
        () -> new CommitLog(store, "strava", "ben").after(0),
        LakeLayout.commit("strava", "ben", 1));
  }

  @Test
  void isNotTakenForTheOneThatIsAppended() {
    commit(1);
    StoredObject commit = store.read(FIRST).orElseThrow();
    store.deleteIfMatch(FIRST, commit.etag());
    ObjectStore taken =
        new DelegatingStore(store) {
          @Override
          public Put putIfAbsent(String key, byte[] body) {
            return super.putIfAbsent(key, "null".getBytes(StandardCharsets.UTF_8))
                    instanceof Put.Stored
                ? new Put.PreconditionFailed()
                : super.putIfAbsent(key, body);
          }
        };

    assertRefused(() -> commit(taken, 1), FIRST);
  }

  @Test
  void isNeverWritten() {
    Commit invalid =
        new Commit(0, "strava", "anna", "run", 1, null, DS, NOW, "1", -1, List.of(), List.of());

    assertThatThrownBy(() -> log.append(invalid, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("calls is -1");
    assertThat(store.list("log/", "")).isEmpty();
  }

  @Test
  void isMissingIfANumberIsLeftOut() {
    commit(1);
    store.putIfAbsent(LakeLayout.commit("strava", "anna", 3), new byte[0]);

    assertRefused(() -> log.after(0), LakeLayout.commit("strava", "anna", 2));
  }

  @Test
  void isWhatOnlyANumberNames() {
    commit(1);
    for (String foreign :
        List.of(".DS_Store", "0000000002.json.bak", "2.json", "old/0000000002.json", "notes/a")) {
      store.putIfAbsent(LakeLayout.log("strava", "anna") + foreign, new byte[] {0});
    }
    store.putIfAbsent("log/strava/.DS_Store", new byte[] {0});
    store.putIfAbsent("log/strava/Old Logs/0000000001.json", new byte[] {0});

    assertThat(CommitLog.accounts(store, "strava")).containsExactly("anna");
    assertThat(log.after(0)).extracting(Commit::number).containsExactly(1L);
    assertThat(log.last(0)).isEqualTo(1);
    assertThat(commit(2).number()).isEqualTo(2);
  }

  @Test
  void isWhatTheWriterWroteWithAllOfItsMembers() {
    Origin origin =
        new Origin("strava", "anna", "run-1", new Orchestrator("scheduled__2026", 2), "1.0");
    Commit commit;
    try (CommitWriter writer = new CommitWriter(store, origin, 0)) {
      writer.upsert("activities", "[1]", NOW, "{}".getBytes(StandardCharsets.UTF_8));
      writer.reject("[\"activities\",2]", NOW, new Reject(500, "broken", new byte[] {1}));
      commit = writer.commit(DS, NOW.plusNanos(1), 7, List.of("activities", "gear"));
    }

    assertThat(log.after(0)).containsExactly(commit);
  }

  private Commit commit(int number) {
    return commit(store, number);
  }

  private static Commit commit(ObjectStore into, int number) {
    Origin origin = new Origin("strava", "anna", "run-" + number, null, "1");
    try (CommitWriter writer = new CommitWriter(into, origin, 0)) {
      writer.upsert("activities", "[1]", NOW, "{}".getBytes(StandardCharsets.UTF_8));
      return writer.commit(DS, NOW, 1, List.of());
    }
  }

  private void assertRefused(ThrowingCallable reading, String key) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE);
              assertThat(failure.remedy()).startsWith("restore the object");
            })
        .hasMessageContaining(store.address(key))
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(700);
  }
}
