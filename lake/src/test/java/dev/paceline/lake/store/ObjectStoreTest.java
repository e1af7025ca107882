package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/// What every store promises, on each of them.
@ParameterizedClass
@EnumSource(TestStore.class)
class ObjectStoreTest {

  private final ObjectStore store;

  ObjectStoreTest(TestStore kind) {
    store = kind.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsWhatWasWritten() {
    store.putIfAbsent("a/b", bytes("hello"));

    assertThat(store.read("a/b").orElseThrow().body()).isEqualTo(bytes("hello"));
  }

  @Test
  void returnsNothingForAMissingObject() {
    assertThat(store.read("a/b")).isEmpty();
  }

  @Test
  void measuresTheAgeOfAnObjectByItsOwnClock() {
    store.putIfAbsent("a", bytes("1"));

    assertThat(store.read("a").orElseThrow().age())
        .isBetween(Duration.ofSeconds(-2), Duration.ofSeconds(30));
  }

  @Test
  void createsAnObjectOnce() {
    assertThat(store.putIfAbsent("a", bytes("1"))).isInstanceOf(Put.Stored.class);
    assertThat(store.putIfAbsent("a", bytes("2"))).isInstanceOf(Put.PreconditionFailed.class);

    assertThat(store.read("a").orElseThrow().body()).isEqualTo(bytes("1"));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    List<Callable<Put>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] body = bytes("writer " + i);
      writers.add(() -> store.putIfAbsent("contested", body));
    }

    assertThat(together(writers)).filteredOn(Put.Stored.class::isInstance).hasSize(1);
  }

  @Test
  void letsOneOfManyReplacersWin() throws Exception {
    store.putIfAbsent("contested", bytes("first"));
    String etag = store.read("contested").orElseThrow().etag();
    List<Callable<Put>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] body = bytes("writer " + i);
      writers.add(() -> store.putIfMatch("contested", body, etag));
    }

    assertThat(together(writers)).filteredOn(Put.Stored.class::isInstance).hasSize(1);
  }

  @Test
  void replacesOnlyTheObjectWithTheEtag() {
    String first = etag(store.putIfAbsent("a", bytes("1")));
    String second = etag(store.putIfMatch("a", bytes("2"), first));

    assertThat(store.putIfMatch("a", bytes("3"), first)).isInstanceOf(Put.PreconditionFailed.class);
    assertThat(store.putIfMatch("a", bytes("4"), second)).isInstanceOf(Put.Stored.class);
    assertThat(store.read("a").orElseThrow().body()).isEqualTo(bytes("4"));
  }

  @Test
  void saysThatTheObjectToReplaceIsMissing() {
    String etag = etag(store.putIfAbsent("a", bytes("1")));
    assertThat(store.deleteIfMatch("a", etag)).isTrue();

    assertThat(store.putIfMatch("a", bytes("2"), etag)).isInstanceOf(Put.NotFound.class);
    assertThat(store.read("a")).isEmpty();
  }

  @Test
  void deletesOnlyTheObjectWithTheEtag() {
    String first = etag(store.putIfAbsent("a", bytes("1")));
    store.putIfMatch("a", bytes("2"), first);

    assertThat(store.deleteIfMatch("a", first)).isFalse();
    assertThat(store.read("a")).isPresent();
  }

  @Test
  void putsAFileAndStreamsIt(@TempDir Path folder) throws IOException {
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 7;
    Path file = Files.write(folder.resolve("part"), large);

    store.put("deep/er/part.jsonl.gz", new FileBody(file));

    try (InputStream in = store.open("deep/er/part.jsonl.gz")) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void listsKeysInOrderAfterOneOfThem() {
    for (String key : List.of("log/a/02", "log/a/10", "log/a/01", "log/ab/01", "log/b/01")) {
      store.putIfAbsent(key, bytes(key));
    }

    assertThat(store.list("log/a/", "")).containsExactly("log/a/01", "log/a/02", "log/a/10");
    assertThat(store.list("log/a/", "log/a/02")).containsExactly("log/a/10");
    assertThat(store.list("log/none/", "")).isEmpty();
  }

  @Test
  void listsFoldersButNotObjects() {
    for (String key : List.of("log/ben/01", "log/anna/01", "log/anna/02", "log/file")) {
      store.putIfAbsent(key, bytes(key));
    }

    assertThat(store.folders("log/")).containsExactly("anna", "ben");
    assertThat(store.folders("nothing/")).isEmpty();
  }

  @Test
  void namesTheObjectThatShouldExist() {
    assertThatThrownBy(() -> store.open("bronze/part"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
        .hasMessageContaining(store.address("bronze/part"));
  }

  @Test
  void takesNoFolderForAnObject() {
    store.putIfAbsent("bronze/part/below", bytes("1"));

    assertThat(store.read("bronze/part")).isEmpty();
    assertThat(store.read("bronze/part/below/it")).isEmpty();
    assertThatThrownBy(() -> store.open("bronze/part"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
        .hasMessageContaining(store.address("bronze/part"));
  }

  private static List<Put> together(List<Callable<Put>> writers) throws Exception {
    List<Put> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Put> outcome : threads.invokeAll(writers)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  private static String etag(Put put) {
    assertThat(put).isInstanceOf(Put.Stored.class);
    return ((Put.Stored) put).etag();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
