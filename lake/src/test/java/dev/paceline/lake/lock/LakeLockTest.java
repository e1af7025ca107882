package dev.paceline.lake.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One holder at a time, on each store.
@ParameterizedClass
@EnumSource(TestStore.class)
class LakeLockTest {

  private static final String KEY = "locks/strava-20001";
  private static final Holder ELSEWHERE = new Holder("other-run", "another host", 1, 0);

  private final ObjectStore store;

  LakeLockTest(TestStore kind) {
    store = kind.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void refusesASecondRunAndSaysWhoHoldsItAndUntilWhen() {
    try (LakeLock _ = LakeLock.acquire(store, KEY, "first-run")) {
      assertThatThrownBy(() -> LakeLock.acquire(store, KEY, "second-run"))
          .isInstanceOfSatisfying(
              Failure.class,
              busy -> {
                assertThat(busy.exit()).isEqualTo(Exit.TRY_AGAIN);
                assertThat(busy.resumeAt()).isPresent();
              })
          .hasMessageContaining("first-run");
    }
  }

  @Test
  void isFreeAgainWhenReleased() {
    LakeLock.acquire(store, KEY, "first-run").close();

    assertThatCode(() -> LakeLock.acquire(store, KEY, "second-run").close())
        .doesNotThrowAnyException();
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void isTakenOverIfItWasNotRenewedForALease() {
    store.putIfAbsent(KEY, Json.bytes(ELSEWHERE));
    Duration lease = Duration.ofSeconds(1);

    until(() -> store.read(KEY).orElseThrow().age().compareTo(lease) > 0);
    LakeLock lock = LakeLock.acquire(store, KEY, Holder.ofThisProcess("run"), lease);

    lock.ensureHeld();
    lock.close();
  }

  @Test
  void isTakenOverImmediatelyIfItsHolderWasAProcessOfThisHostThatHasEnded() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Holder self = Holder.ofThisProcess("dead-run");
    store.putIfAbsent(KEY, Json.bytes(new Holder("dead-run", self.host(), process.pid(), 3)));

    LakeLock.acquire(store, KEY, "run").close();

    assertThat(store.read(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"run\":null,\"host\":null}", "7"})
  void isHeldByAnotherRunIfItDoesNotSayBy(String damaged) {
    store.putIfAbsent(KEY, damaged.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> LakeLock.acquire(store, KEY, "run"))
        .isInstanceOfSatisfying(
            Failure.class, busy -> assertThat(busy.exit()).isEqualTo(Exit.TRY_AGAIN))
        .hasMessageContaining("another run holds it");
  }

  @Test
  void isRenewedWhileItIsHeld() throws IOException {
    try (LakeLock lock =
        LakeLock.acquire(store, KEY, Holder.ofThisProcess("run"), Duration.ofMillis(800))) {
      until(() -> counter() >= 2);
      lock.ensureHeld();
    }
  }

  @Test
  void stopsItsHolderIfAnotherRunHasTakenIt() {
    LakeLock lock =
        LakeLock.acquire(store, KEY, Holder.ofThisProcess("run"), Duration.ofMillis(400));
    until(() -> store.deleteIfMatch(KEY, store.read(KEY).orElseThrow().etag()));
    store.putIfAbsent(KEY, Json.bytes(ELSEWHERE));

    until(() -> {
      try {
        lock.ensureHeld();
        return false;
      } catch (Failure lost) {
        return lost.exit() == Exit.TRY_AGAIN && lost.what().contains("took it over");
      }
    });
    lock.close();

    assertThat(store.read(KEY)).as("the other run's lock is left alone").isPresent();
  }

  private long counter() {
    try {
      return Json.MAPPER.readValue(store.read(KEY).orElseThrow().body(), Holder.class).counter();
    } catch (IOException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private static void until(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("still waiting").isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
