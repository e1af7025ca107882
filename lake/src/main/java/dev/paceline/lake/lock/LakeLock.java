package dev.paceline.lake.lock;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import dev.paceline.lake.Json;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lock that is an object in the lake: acquired by creating it, renewed by writing it again, and
/// taken over if it has not been renewed for a lease by the store's own clock. It keeps runs out of
/// each other's way but does not make them correct: a writer calls [#ensureHeld] first, and the log
/// and the state are protected by their own conditional writes.
public final class LakeLock implements AutoCloseable {

  /// How long a lock outlives its last renewal.
  public static final Duration LEASE = Duration.ofSeconds(60);

  private static final int RENEWALS_PER_LEASE = 4;
  private static final int MAX_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(LakeLock.class);

  private final ObjectStore store;
  private final String key;
  private final Lease lease;
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lock-renewal").factory());

  /// Held during a call that writes the object, so that [#close] waits for a renewal in progress.
  private final ReentrantLock writing = new ReentrantLock();

  /// Written by whoever holds [#writing]; read without waiting for it.
  private volatile Claim claim;

  /// What is known of our lock.
  private sealed interface Claim {}

  /// Ours until the lease is over.
  ///
  /// @param writtenNanos a monotonic time before which the object was not written
  private record Held(Holder holder, String etag, long writtenNanos) implements Claim {}

  private record Lost(String reason) implements Claim {}

  private LakeLock(ObjectStore store, String key, Lease lease, Held held) {
    this.store = store;
    this.key = key;
    this.lease = lease;
    this.claim = held;
    long interval = lease.length().toMillis() / RENEWALS_PER_LEASE;
    ScheduledFuture<?> _ =
        renewals.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
  }

  /// Acquires the lock, or fails with who has it and when to try again (exit 75).
  ///
  /// @param clock the time from which `resume_at` is counted
  public static LakeLock acquire(ObjectStore store, String key, String run, InstantSource clock) {
    return acquire(
        store,
        key,
        Holder.ofThisProcess(run),
        new Lease(LEASE, clock, System::nanoTime),
        Retries.doubling(MAX_ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE, new Pause(Thread::sleep)));
  }

  static LakeLock acquire(
      ObjectStore store, String key, Holder self, Lease lease, Retries attempts) {
    return attempts
        .until(Optional::isPresent, () -> tryToAcquire(store, key, self, lease))
        .orElseThrow(() ->
            Failure.tryAgain(
                "Taking the lock " + store.address(key),
                "other runs took it first every time",
                "try again",
                lease.end()));
  }

  /// Empty if another run wrote the lock in between.
  private static Optional<LakeLock> tryToAcquire(
      ObjectStore store, String key, Holder self, Lease lease) {
    long before = lease.nanoTime();
    Optional<StoredObject> existing = store.read(key);
    if (existing.isPresent() && holder(existing.get()).filter(self::equals).isPresent()) {
      // Ours already: the response to the write before was lost.
      return Optional.of(new LakeLock(store, key, lease, held(self, existing.get(), before)));
    }
    if (existing.isPresent() && !isFree(existing.get(), lease)) {
      throw heldByAnother(store, key, existing.get(), lease);
    }
    Put put =
        existing.isEmpty()
            ? store.putIfAbsent(key, Json.bytes(self))
            : store.putIfMatch(key, Json.bytes(self), existing.get().etag());
    return put instanceof Put.Stored(String etag)
        ? Optional.of(new LakeLock(store, key, lease, new Held(self, etag, before)))
        : Optional.empty();
  }

  /// A lock that was read, and is ours; it may be older than the attempt that wrote it.
  private static Held held(Holder holder, StoredObject existing, long readNanos) {
    return new Held(holder, existing.etag(), readNanos - existing.age().toNanos());
  }

  private static boolean isFree(StoredObject existing, Lease lease) {
    return lease.isOver(existing.age()) || holder(existing).map(Holder::isKnownDead).orElse(false);
  }

  private static Optional<Holder> holder(StoredObject existing) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(existing.body(), Holder.class));
    } catch (IOException notALock) {
      return Optional.empty();
    }
  }

  private static Failure heldByAnother(
      ObjectStore store, String key, StoredObject existing, Lease lease) {
    String who =
        holder(existing)
            .map(h -> "run %s on %s".formatted(h.run(), h.host()))
            .orElse("another run");
    return Failure.tryAgain(
        "Taking the lock " + store.address(key),
        who + " holds it",
        "wait for that run to end; a lock whose run has died is free after %d seconds"
            .formatted(lease.length().toSeconds()),
        lease.endAfter(existing.age()));
  }

  /// Throws (exit 75) if the lock has been lost, so that nothing more is written. Never waits for
  /// the store.
  public void ensureHeld() {
    reasonForLoss()
        .ifPresent(reason -> {
          throw Failure.tryAgain(
              "Holding the lock " + store.address(key),
              reason,
              "try again: what was committed stays",
              lease.end());
        });
  }

  /// Whether the lock is still ours, as far as is known. Never waits for the store.
  public boolean isHeld() {
    return reasonForLoss().isEmpty();
  }

  private Optional<String> reasonForLoss() {
    return switch (claim) {
      case Held held when lease.isOver(lease.since(held.writtenNanos())) ->
          Optional.of(
              "it could not be renewed for %d seconds".formatted(lease.length().toSeconds()));
      case Held _ -> Optional.empty();
      case Lost(String reason) -> Optional.of(reason);
    };
  }

  private void renew() {
    writing.lock();
    try {
      if (claim instanceof Held held) {
        claim = renewed(held);
      }
    } catch (Failure failure) {
      // The next renewal tries again; ensureHeld checks the time since the last successful one.
      LOG.warn("The lock could not be renewed: {}", failure.getMessage());
    } finally {
      writing.unlock();
    }
  }

  private Claim renewed(Held held) {
    long before = lease.nanoTime();
    Holder next = held.holder().renewed();
    return switch (store.putIfMatch(key, Json.bytes(next), held.etag())) {
      case Put.Stored(String etag) -> new Held(next, etag, before);
      case Put.PreconditionFailed() ->
          // After a lost response the SDK sends the write again, and that is refused.
          store
              .read(key)
              .filter(existing -> holder(existing).filter(next::equals).isPresent())
              .<Claim>map(existing -> held(next, existing, before))
              .orElseGet(() -> new Lost("another run took it over"));
      case Put.NotFound() -> new Lost("it was deleted");
    };
  }

  /// Releases the lock; one that another run has taken over is left alone.
  @Override
  public void close() {
    renewals.shutdown();
    writing.lock();
    try {
      if (claim instanceof Held held) {
        claim = new Lost("it was released");
        delete(held);
      }
    } finally {
      writing.unlock();
    }
  }

  private void delete(Held held) {
    try {
      if (!store.deleteIfMatch(key, held.etag())) {
        LOG.warn("The lock {} was no longer ours when it was released.", store.address(key));
      }
    } catch (Failure failure) {
      LOG.warn("The lock could not be released, and will expire: {}", failure.getMessage());
    }
  }
}
