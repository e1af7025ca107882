package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// S3's 409: another conditional write of the same key is in progress.
class S3ConflictTest {

  private static final byte[] BODY = {1};

  private final FaultyS3 s3 = new FaultyS3();
  private final List<Duration> slept = new ArrayList<>();
  private final ObjectStore store =
      new S3Store(
          s3.client(),
          s3.bucket(),
          "",
          Retries.doubling(4, Duration.ofMillis(50), Duration.ofSeconds(2), new Pause(slept::add)));

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void writesAgainAfterAPause() {
    conflicts(2);

    assertThat(store.putIfAbsent("a", BODY)).isInstanceOf(Put.Stored.class);
    assertThat(slept).hasSize(2);
  }

  @Test
  void replacesAgainAfterAPause() {
    Put.Stored first = (Put.Stored) store.putIfAbsent("a", BODY);
    conflicts(2);

    assertThat(store.putIfMatch("a", new byte[] {2}, first.etag())).isInstanceOf(Put.Stored.class);
    assertThat(slept).hasSize(2);
  }

  @Test
  void deletesAgainAfterAPause() {
    Put.Stored first = (Put.Stored) store.putIfAbsent("a", BODY);
    conflicts(2);

    assertThat(store.deleteIfMatch("a", first.etag())).isTrue();
    assertThat(slept).hasSize(2);
    assertThat(store.read("a")).isEmpty();
  }

  @Test
  void losesIfTheOtherWriteSucceeded() {
    store.putIfAbsent("a", BODY);
    conflicts(1);

    assertThat(store.putIfAbsent("a", new byte[] {2})).isInstanceOf(Put.PreconditionFailed.class);
  }

  @Test
  void givesUpIfTheConflictsNeverEnd() {
    conflicts(4);

    assertThatThrownBy(() -> store.putIfAbsent("a", BODY))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE))
        .hasMessageContainingAll("409 ConditionalRequestConflict", "try again");
    assertThat(slept).hasSize(3);
  }

  private void conflicts(int times) {
    for (int i = 0; i < times; i++) {
      s3.refuse(409, "ConditionalRequestConflict", "Another conditional write is in progress.");
    }
  }
}
