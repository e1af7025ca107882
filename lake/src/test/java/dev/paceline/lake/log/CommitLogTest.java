package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.Body;
import dev.paceline.lake.store.DelegatingStore;
import dev.paceline.lake.store.FileBody;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Writing and reading commits, on each store.
@ParameterizedClass
@EnumSource(TestStore.class)
class CommitLogTest {

  private static final LocalDate DS = LocalDate.of(2026, 11, 1);
  private static final Instant NOW = Instant.parse("2026-11-01T05:00:00Z");

  private final ObjectStore store;
  private final CommitLog log;

  CommitLogTest(TestStore kind) {
    store = kind.open();
    log = new CommitLog(store, "strava", "anna");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void numbersCommitsFromOneWithoutAGap() {
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      for (int i = 1; i <= 3; i++) {
        writer.upsert("activities", "[" + i + "]", NOW, json("{\"id\":%d}".formatted(i)));
        assertThat(writer.commit(DS, NOW, i, List.of()).number()).isEqualTo(i);
      }
    }

    assertThat(log.after(0)).extracting(Commit::number).containsExactly(1L, 2L, 3L);
    assertThat(log.after(2)).extracting(Commit::number).containsExactly(3L);
    assertThat(log.last(0)).isEqualTo(3);
    assertThat(log.last(3)).isEqualTo(3);
  }

  @Test
  void givesEachOfManyWritersItsOwnNumber() throws Exception {
    List<Callable<Commit>> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String run = "run-" + i;
      runs.add(() -> log.append(empty(run, 1), 0));
    }
    List<Long> numbers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Commit> commit : threads.invokeAll(runs)) {
        numbers.add(commit.get().number());
      }
    }

    assertThat(numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(log.after(0)).extracting(Commit::run).doesNotHaveDuplicates();
  }

  @Test
  void recognisesACommitWhoseResponseWasLost() {
    ObjectStore lossy =
        new DelegatingStore(store) {
          @Override
          public Put putIfAbsent(String key, byte[] body) {
            super.putIfAbsent(key, body); // this response is lost, and the call sent again
            return super.putIfAbsent(key, body);
          }
        };
    Commit commit = new CommitLog(lossy, "strava", "anna").append(empty("run", 1), 0);

    assertThat(commit.number()).isEqualTo(1);
    assertThat(log.after(0)).hasSize(1);
  }

  @Test
  void listsAccountsThatHaveALog() {
    log.append(empty("run", 1), 0);
    new CommitLog(store, "strava", "ben").append(empty("strava", "ben", "run", 1), 0);
    new CommitLog(store, "retail", "default").append(empty("retail", "default", "run", 1), 0);

    assertThat(CommitLog.accounts(store, "strava")).containsExactly("anna", "ben");
    assertThat(CommitLog.accounts(store, "spotify")).isEmpty();
  }

  @Test
  void refusesALogWithAGap() {
    log.append(empty("run", 1), 0);
    store.putIfAbsent(LakeLayout.commit("strava", "anna", 3), json("{}"));

    assertThatThrownBy(() -> log.after(0))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("commit 2 is missing");
  }

  @Test
  void refusesACommitThatItCannotParse() {
    store.putIfAbsent(LakeLayout.commit("strava", "anna", 1), json("{\"number\":"));

    assertThatThrownBy(() -> log.after(0))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
        .hasMessageContaining("0000000001.json");
  }

  @Test
  void keepsRecordsTokenForTokenInTheirEnvelopes() throws IOException {
    String raw = "{\"id\":7,\"distance\":1.50E+3,\"name\":\"caf\\u00e9 🏃\",\"map\":null}";
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[7]", NOW, json(raw));
      writer.delete("activities", "[8]", NOW);
      writer.commit(DS, NOW, 1, List.of("activities"));
    }

    assertThat(lines(log.after(0).getFirst().parts().getFirst()))
        .containsExactly(
            "{\"account\":\"anna\",\"key\":[7],\"extracted_at\":\"2026-11-01T05:00:00Z\","
                + "\"op\":\"upsert\",\"data\":"
                + raw
                + "}",
            "{\"account\":\"anna\",\"key\":[8],\"extracted_at\":\"2026-11-01T05:00:00Z\","
                + "\"op\":\"delete\"}");
  }

  @Test
  void beginsANewPartWhenOneIsFull() {
    Commit commit;
    try (CommitWriter writer = writer("run", 1_000)) {
      for (int i = 0; i < 30; i++) {
        writer.upsert("activities", "[" + i + "]", NOW, json("{\"id\":%d}".formatted(i)));
      }
      commit = writer.commit(DS, NOW, 1, List.of());
    }

    assertThat(commit.parts()).hasSizeGreaterThan(2);
    assertThat(commit.rows()).isEqualTo(30);
    assertThat(commit.parts().getFirst().key())
        .isEqualTo("bronze/strava/anna/activities/ds=2026-11-01/run/part-00000.jsonl.gz");
    assertThat(commit.parts())
        .allSatisfy(part -> assertThat(lines(part)).hasSize((int) part.rows()));
  }

  @Test
  void leavesNothingToReadWithoutACommit() {
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[1]", NOW, json("{\"id\":1}"));
    }

    assertThat(log.after(0)).isEmpty();
    assertThat(CommitLog.accounts(store, "strava")).isEmpty();
  }

  @Test
  void acceptsAKeyOncePerCommit() {
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[1]", NOW, json("{\"id\":1}"));
      assertThat(writer.contains("activities", "[1]")).isTrue();
      assertThatThrownBy(() -> writer.delete("activities", "[1]", NOW))
          .isInstanceOf(IllegalStateException.class);

      writer.commit(DS, NOW, 1, List.of());

      assertThat(writer.contains("activities", "[1]")).isFalse();
    }
  }

  @Test
  void noticesAPartThatIsNotTheOneThatWasCommitted(@TempDir Path folder) throws IOException {
    Part part;
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[1]", NOW, json("{\"id\":1}"));
      part = writer.commit(DS, NOW, 1, List.of()).parts().getFirst();
    }
    Path other = folder.resolve("other");
    try (CommitWriter writer = writer("other", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[1]", NOW, json("{\"id\":2}"));
      Part foreign = writer.commit(DS, NOW, 1, List.of()).parts().getFirst();
      Files.copy(store.open(foreign.key()), other);
    }
    store.put(part.key(), new FileBody(other));

    try (PartReader reader = PartReader.open(store, part)) {
      reader.stream().readAllBytes();
      assertThatThrownBy(reader::verify)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
          .hasMessageContaining(part.key());
    }
  }

  @Test
  void commitsAfterAnUploadThatFailedOnce() throws IOException {
    ObjectStore flaky =
        new DelegatingStore(store) {
          private int puts;

          @Override
          public void put(String key, Body body) {
            puts++;
            if (puts == 2) {
              throw new Failure(
                  Exit.UNAVAILABLE, "Writing " + key, "no space left", "free some space");
            }
            super.put(key, body);
          }
        };
    Origin origin = new Origin("strava", "anna", "run", null, "1");
    try (CommitWriter writer = new CommitWriter(flaky, origin, 0)) {
      writer.upsert("athlete", "[1]", NOW, json("{\"id\":1}"));
      writer.upsert("activities", "[2]", NOW, json("{\"id\":2}"));
      assertThatThrownBy(() -> writer.commit(DS, NOW, 1, List.of())).isInstanceOf(Failure.class);
      assertThat(writer.isEmpty()).isFalse();
      writer.commit(DS, NOW, 1, List.of());
    }

    assertThat(log.after(0)).hasSize(1);
    for (Part part : log.after(0).getFirst().parts()) {
      assertThat(lines(part)).hasSize(1);
    }
  }

  @Test
  void noticesAPartThatIsNotGzip(@TempDir Path folder) throws IOException {
    store.put("bronze/part", new FileBody(Files.writeString(folder.resolve("part"), "no gzip")));
    Part part = new Part("activities", "bronze/part", 1, 7, "0");

    assertThatThrownBy(() -> PartReader.open(store, part))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
        .hasMessageContaining("damaged");
  }

  @Test
  void readsTheLongestLineBackAsItWasWritten() throws IOException {
    String data = "{\"a\":\"%s\"}".formatted("x".repeat(RecordLimits.RECORD_BYTES - 8));
    Commit commit;
    try (CommitWriter writer = writer("run", CommitWriter.PART_BYTES)) {
      writer.upsert("activities", "[1]", NOW, json(data));
      writer.upsert("activities", "[2]", NOW, json("{}"));
      commit = writer.commit(DS, NOW, 1, List.of());
    }

    List<String> lines = lines(commit.parts().getFirst());

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().endsWith(",\"data\":" + data + "}")).isTrue();
  }

  private CommitWriter writer(String run, long partBytes) {
    return new CommitWriter(store, new Origin("strava", "anna", run, null, "1"), 0, partBytes);
  }

  private static Commit empty(String run, int sequence) {
    return empty("strava", "anna", run, sequence);
  }

  private static Commit empty(String source, String account, String run, int sequence) {
    return new Commit(
        0, source, account, run, sequence, null, DS, NOW, "1", 0, List.of(), List.of());
  }

  private List<String> lines(Part part) throws IOException {
    try (PartReader reader = PartReader.open(store, part)) {
      List<String> lines =
          new String(reader.stream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      reader.verify();
      return lines;
    }
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
