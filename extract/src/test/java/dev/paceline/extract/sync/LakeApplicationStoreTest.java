package dev.paceline.extract.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.retry.Pause;
import dev.paceline.extract.api.RateLimit;
import dev.paceline.extract.http.Budget;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The budget that two runs of one application share, each over accounts of its own.
final class LakeApplicationStoreTest {

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path folder = Path.of("");

  private ObjectStore store = Stores.open("file:///nowhere", Map.of());

  @BeforeEach
  void opensTheLake() {
    store = Stores.open(folder.toUri().toString(), Map.of());
  }

  @AfterEach
  void closesTheLake() {
    store.close();
  }

  private LakeApplicationStore open() {
    return new LakeApplicationStore(store, "strava", "20001", new Pause(time -> {}));
  }

  private static Budget used(long calls, Instant at) {
    Budget budget = new Budget(List.of(new RateLimit("read", "X-L", "X-U", List.of(QUARTER), null)));
    budget.merge(List.of(new Budget.Window("read", QUARTER, 100, calls, at)));
    return budget;
  }

  private static long left(Budget budget) {
    return budget.windows().getFirst().left(NOON);
  }

  @Test
  void isWhatTheLastRunHasLeft() {
    open().store(used(40, NOON), LocalDate.of(2026, 11, 1), "ben");

    ApplicationState state = open().state();

    assertThat(state.windows()).extracting(Budget.Window::used).containsExactly(40L);
    assertThat(state.unfinished()).isEqualTo("2026-11-01");
    assertThat(state.turn()).isEqualTo("ben");
  }

  @Test
  void keepsWhatAnotherRunHasUsedMeanwhile() {
    LakeApplicationStore ours = open();
    open().store(used(90, NOON), null, null);
    Budget budget = used(40, NOON);

    ours.store(budget, null, null);

    assertThat(left(budget)).as("this run sees the other's calls").isEqualTo(10);
    assertThat(open().state().windows()).extracting(Budget.Window::used).containsExactly(90L);
  }

  @Test
  void isNotTurnedBackByAnOlderWindow() {
    LakeApplicationStore ours = open();
    open().store(used(100, NOON.minus(QUARTER)), null, null);
    Budget budget = used(1, NOON);

    ours.store(budget, null, null);

    assertThat(left(budget)).isEqualTo(99);
  }

  @Test
  void goesOnIfOthersAlwaysComeFirst() {
    LakeApplicationStore ours =
        new LakeApplicationStore(
            store, "strava", "20001", new Pause(time -> open().store(used(90, NOON), null, null)));
    open().store(used(80, NOON), null, null);
    Budget budget = used(40, NOON);

    ours.store(budget, null, null);

    assertThat(left(budget)).isLessThanOrEqualTo(20);
  }
}
