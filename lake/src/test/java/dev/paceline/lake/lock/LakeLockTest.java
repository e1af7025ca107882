package dev.paceline.lake.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.DelegatingStore;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import dev.paceline.lake.store.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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

  private static final String KEY = LakeLayout.lock("strava", "anna");
  private static final Holder ELSEWHERE = new Holder("other-run", "another host", 1, 0);

  /// The time of the source, which has nothing to do with this host's or the store's.
  private static final Instant NOW = Instant.parse("2031-03-01T05:00:00Z");

  private static final Retries ONCE = Retries.every(Duration.ZERO, 1, new Pause(Thread::sleep));

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
    try (LakeLock _ = acquire("first-run")) {
      assertThatThrownBy(() -> acquire("second-run"))
          .isInstanceOfSatisfying(
              Failure.class,
              busy -> {
                assertThat(busy.exit()).isEqualTo(Exit.TRY_AGAIN);
                assertThat(busy.resumeAt().orElseThrow())
                    .as("the caller's time and what is left of the lease, to a second")
                    .isBetween(NOW, NOW.plus(LakeLock.LEASE).plusSeconds(2));
              })
          .hasMessageContaining("first-run");
    }
  }

  @Test
  void isFreeAgainWhenReleased() {
    acquire("first-run").close();

    assertThatCode(() -> acquire("second-run").close()).doesNotThrowAnyException();
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void isTakenOverIfItWasNotRenewedForALease() {
    store.putIfAbsent(KEY, Json.bytes(ELSEWHERE));
    Duration lease = Duration.ofSeconds(1);

    until(() -> store.read(KEY).orElseThrow().age().compareTo(lease) > 0);
    LakeLock lock = acquire("run", lease);

    lock.ensureHeld();
    lock.close();
  }

  @Test
  void isTakenOverImmediatelyIfItsHolderWasAProcessOfThisHostThatHasEnded() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Holder self = Holder.ofThisProcess("dead-run");
    store.putIfAbsent(KEY, Json.bytes(new Holder("dead-run", self.host(), process.pid(), 3)));

    acquire("run").close();

    assertThat(store.read(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"run\":null,\"host\":null}", "7"})
  void isHeldByAnotherRunIfItDoesNotSayBy(String damaged) {
    store.putIfAbsent(KEY, damaged.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> acquire("run"))
        .isInstanceOfSatisfying(
            Failure.class, busy -> assertThat(busy.exit()).isEqualTo(Exit.TRY_AGAIN))
        .hasMessageContaining("another run holds it");
  }

  @Test
  void isRenewedWhileItIsHeld() throws IOException {
    try (LakeLock lock = acquire("run", Duration.ofMillis(800))) {
      until(() -> counter() >= 2);
      lock.ensureHeld();
    }
  }

  @Test
  void stopsItsHolderIfAnotherRunHasTakenIt() {
    LakeLock lock = acquire("run", Duration.ofMillis(400));
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

  @Test
  void answersWithoutWaitingForARenewalInProgress() throws InterruptedException {
    CountDownLatch renewing = new CountDownLatch(1);
    CountDownLatch responding = new CountDownLatch(1);
    ObjectStore slow =
        new DelegatingStore(store) {
          @Override
          public Put putIfMatch(String key, byte[] body, String etag) {
            renewing.countDown();
            awaitUninterruptibly(responding);
            return super.putIfMatch(key, body, etag);
          }
        };
    AtomicLong nanos = new AtomicLong();
    Lease lease = new Lease(Duration.ofMillis(400), InstantSource.fixed(NOW), nanos::get);
    LakeLock lock = LakeLock.acquire(slow, KEY, Holder.ofThisProcess("run"), lease, ONCE);
    renewing.await();

    assertThat(lock.isHeld()).isTrue();
    lock.ensureHeld();
    nanos.set(Duration.ofMillis(401).toNanos());
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOfSatisfying(
            Failure.class, lost -> assertThat(lost.resumeAt()).contains(NOW.plus(lease.length())))
        .hasMessageContaining("could not be renewed");

    Thread closing = Thread.ofVirtual().start(lock::close);
    until(() -> closing.getState() == Thread.State.WAITING);
    responding.countDown();
    closing.join();
    assertThat(store.read(KEY)).as("released after the renewal, with its ETag").isEmpty();
  }

  /// What is left of the lease is measured by the store, and added to the caller's time.
  @Test
  void saysWhenTheLeaseOfTheOtherRunEnds() {
    ObjectStore aged =
        new DelegatingStore(store) {
          @Override
          public Optional<StoredObject> read(String key) {
            return super.read(key)
                .map(there ->
                    new StoredObject(
                        there.body(),
                        there.etag(),
                        there.lastModified(),
                        there.lastModified().plusSeconds(20)));
          }
        };
    store.putIfAbsent(KEY, Json.bytes(ELSEWHERE));

    assertThatThrownBy(() -> LakeLock.acquire(aged, KEY, "run", InstantSource.fixed(NOW)))
        .isInstanceOfSatisfying(
            Failure.class, busy -> assertThat(busy.resumeAt()).contains(NOW.plusSeconds(40)));
  }

  @Test
  void pausesBetweenAttemptsIfOtherRunsAreFaster() {
    ObjectStore contested =
        new DelegatingStore(store) {
          @Override
          public Put putIfAbsent(String key, byte[] body) {
            return new Put.PreconditionFailed(); // and gone again when it is read
          }
        };
    List<Duration> slept = new ArrayList<>();
    Retries attempts = Retries.every(Duration.ofSeconds(1), 4, new Pause(slept::add));
    Lease lease = new Lease(LakeLock.LEASE, InstantSource.fixed(NOW), System::nanoTime);

    assertThatThrownBy(
            () -> LakeLock.acquire(contested, KEY, Holder.ofThisProcess("run"), lease, attempts))
        .isInstanceOfSatisfying(
            Failure.class,
            busy -> {
              assertThat(busy.exit()).isEqualTo(Exit.TRY_AGAIN);
              assertThat(busy.resumeAt()).contains(NOW.plus(LakeLock.LEASE));
            })
        .hasMessageContaining("other runs took it first");
    assertThat(slept).hasSize(3);
  }

  private LakeLock acquire(String run) {
    return LakeLock.acquire(store, KEY, run, InstantSource.fixed(NOW));
  }

  /// A short lease, whose holder's clock stands still: on a busy machine it would not be renewed in
  /// time.
  private LakeLock acquire(String run, Duration length) {
    Lease lease = new Lease(length, InstantSource.fixed(NOW), () -> 0);
    return LakeLock.acquire(store, KEY, Holder.ofThisProcess(run), lease, ONCE);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
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
