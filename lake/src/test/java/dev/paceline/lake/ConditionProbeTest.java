package dev.paceline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.store.FaultyS3;
import dev.paceline.lake.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A store that has S3's API, but not all of it.
class ConditionProbeTest {

  private static final byte[] WRITTEN_BY_HAND =
      "{ \"id\": \"6f9619ff-8b86-4d01-b42d-00c04fc964ff\" }\n".getBytes(StandardCharsets.UTF_8);

  private final FaultyS3 s3 = new FaultyS3();
  private final ObjectStore store = s3.store();

  @AfterEach
  void close() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match", "If-Match"})
  void isRefusedBeforeAnythingElseIsWritten(String header) {
    s3.ignore(header);

    assertRefuses(header);

    assertThat(store.list("", "")).containsExactly("lake.json");
    assertRefuses(header);
  }

  /// The probe overwrites what is there: with the same.
  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match", "If-Match"})
  void keepsTheIdOfTheLake(String header) {
    store.putIfAbsent("lake.json", WRITTEN_BY_HAND);
    s3.ignore(header);

    assertRefuses(header);

    assertThat(store.read("lake.json").orElseThrow().body()).isEqualTo(WRITTEN_BY_HAND);
  }

  @Test
  void letsNoneOfTwoOverlappingRunsWrite() throws Exception {
    s3.ignore("If-None-Match");
    List<Callable<Exit>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(() -> {
        try {
          Lake.openOrCreate(store);
          return Exit.DONE;
        } catch (Failure refused) {
          return refused.exit();
        }
      });
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Exit> exit : threads.invokeAll(runs)) {
        assertThat(exit.get()).isEqualTo(Exit.CONFIGURATION);
      }
    }
  }

  @Test
  void costsEachRunTwoRequests() {
    Lake.openOrCreate(store);
    int before = s3.methods().size();

    Lake.openOrCreate(store);

    assertThat(s3.methods().subList(before, s3.methods().size()))
        .containsExactly("GET", "PUT", "PUT");
  }

  private void assertRefuses(String header) {
    assertThatThrownBy(() -> Lake.openOrCreate(store))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessageContainingAll(
            store.address(""), "ignores the header " + header + ":", "use a store");
  }
}
