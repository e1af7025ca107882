package dev.paceline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes a store a lake, on each store.
@ParameterizedClass
@EnumSource(TestStore.class)
class LakeTest {

  private final ObjectStore store;

  LakeTest(TestStore kind) {
    store = kind.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void hasNoIdBeforeItIsWritten() {
    assertThat(Lake.find(store)).isEmpty();
    assertFails(() -> Lake.open(store), Exit.CONFIGURATION, store.address(""), "there is no lake");

    assertThat(store.list("", "")).as("reading creates nothing").isEmpty();
  }

  @Test
  void keepsTheIdThatItsFirstWriterGaveIt() {
    String id = Lake.openOrCreate(store).id();

    assertThat(UUID.fromString(id)).hasToString(id);
    assertThat(store.read("lake.json").orElseThrow().body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"id\":\"%s\"}".formatted(id));
    assertThat(Lake.open(store).id()).isEqualTo(id);
    assertThat(Lake.openOrCreate(store).id()).isEqualTo(id);
  }

  @Test
  void hasNoCommitAtFirst() {
    Lake.openOrCreate(store);

    assertThat(CommitLog.accounts(Lake.open(store).store(), "strava")).isEmpty();
  }

  @Test
  void getsOneIdFromManyFirstWriters() throws Exception {
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(() -> Lake.openOrCreate(store).id());
    }
    List<String> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> id : threads.invokeAll(writers)) {
        ids.add(id.get());
      }
    }

    assertThat(ids).hasSize(8).containsOnly(Lake.open(store).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"id\":null}",
        "{\"id\":7}",
        "{\"id\":\"\"}",
        "{\"id\":\"6F9619FF-8B86-D011-B42D-00C04FC964FF\"}",
        "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964f\"}",
        "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"",
        "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\",\"name\":\"mine\"}",
        "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\\u0000\"}",
        "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"} {}"
      })
  void refusesADamagedIdForReadingAndWriting(String damaged) {
    store.putIfAbsent("lake.json", damaged.getBytes(StandardCharsets.UTF_8));

    String[] words = {store.address("lake.json"), "is damaged", "restore that object"};
    assertFails(() -> Lake.open(store), Exit.UNUSABLE, words);
    assertFails(() -> Lake.openOrCreate(store), Exit.UNUSABLE, words);
    assertThat(store.read("lake.json").orElseThrow().body())
        .as("it is left alone")
        .isEqualTo(damaged.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void getsNoNewIdIfItsOwnWasLost() {
    store.putIfAbsent(LakeLayout.commit("strava", "anna", 1), new byte[0]);

    assertFails(
        () -> Lake.openOrCreate(store),
        Exit.UNUSABLE,
        store.address("lake.json"),
        "cannot be found, although the lake is in use",
        "restore that object");
    assertFails(() -> Lake.open(store), Exit.CONFIGURATION, "there is no lake");
    assertThat(store.read("lake.json")).isEmpty();
  }

  private static void assertFails(ThrowingCallable opening, Exit exit, String... words) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(exit))
        .hasMessageContainingAll(words);
  }
}
