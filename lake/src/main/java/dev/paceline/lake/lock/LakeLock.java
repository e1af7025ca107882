package dev.paceline.lake.lock;

import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  private static final Logger LOG = LoggerFactory.getLogger(LakeLock.class);

  private final ObjectStore store;
  private final String key;
  private final Duration lease;
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lock-renewal").factory());

  private Holder holder;
  private String etag;
  private long renewedNanos;
  private @Nullable String lostReason;

  private LakeLock(ObjectStore store, String key, Duration lease, Holder holder, String etag) {
    this.store = store;
    this.key = key;
    this.lease = lease;
    this.holder = holder;
    this.etag = etag;
    this.renewedNanos = System.nanoTime();
    long interval = lease.toMillis() / RENEWALS_PER_LEASE;
    ScheduledFuture<?> _ =
        renewals.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
  }

  /// Acquires the lock, or fails with who has it and when to try again (exit 75).
  public static LakeLock acquire(ObjectStore store, String key, String run) {
    return acquire(store, key, Holder.ofThisProcess(run), LEASE);
  }

  static LakeLock acquire(ObjectStore store, String key, Holder self, Duration lease) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<StoredObject> existing = store.read(key);
      if (existing.isPresent() && holder(existing.get()).filter(self::equals).isPresent()) {
        // Ours already: the response to the write before was lost.
        return new LakeLock(store, key, lease, self, existing.get().etag());
      }
      if (existing.isPresent() && !isFree(existing.get(), lease)) {
        throw heldByAnother(store, key, existing.get(), lease);
      }
      Put put =
          existing.isEmpty()
              ? store.putIfAbsent(key, Json.bytes(self))
              : store.putIfMatch(key, Json.bytes(self), existing.get().etag());
      if (put instanceof Put.Stored(String etag)) {
        return new LakeLock(store, key, lease, self, etag);
      }
    }
    throw Failure.tryAgain(
        "Taking the lock " + store.address(key),
        "other runs acquired it %d times in a row".formatted(MAX_ATTEMPTS),
        "try again",
        Instant.now().plus(lease));
  }

  private static boolean isFree(StoredObject existing, Duration lease) {
    return existing.age().compareTo(lease) > 0
        || holder(existing).map(Holder::isKnownDead).orElse(false);
  }

  private static Optional<Holder> holder(StoredObject existing) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(existing.body(), Holder.class));
    } catch (IOException notALock) {
      return Optional.empty();
    }
  }

  private static Failure heldByAnother(
      ObjectStore store, String key, StoredObject existing, Duration lease) {
    String who =
        holder(existing)
            .map(h -> "run %s on %s".formatted(h.run(), h.host()))
            .orElse("another run");
    return Failure.tryAgain(
        "Taking the lock " + store.address(key),
        who + " holds it",
        "wait for that run to end; a lock whose run has died is free after %d seconds"
            .formatted(lease.toSeconds()),
        existing.lastModified().plus(lease));
  }

  /// Throws (exit 75) if the lock has been lost, so that nothing more is written.
  public synchronized void ensureHeld() {
    if (lostReason == null && System.nanoTime() - renewedNanos > lease.toNanos()) {
      lostReason = "it could not be renewed for %d seconds".formatted(lease.toSeconds());
    }
    if (lostReason != null) {
      throw Failure.tryAgain(
          "Holding the lock " + store.address(key),
          lostReason,
          "try again: what was committed stays",
          Instant.now().plus(lease));
    }
  }

  /// Whether the lock is still ours, as far as is known.
  public synchronized boolean isHeld() {
    return lostReason == null && System.nanoTime() - renewedNanos <= lease.toNanos();
  }

  private synchronized void renew() {
    if (lostReason != null) {
      return;
    }
    Holder renewed = holder.renewed();
    try {
      switch (store.putIfMatch(key, Json.bytes(renewed), etag)) {
        case Put.Stored(String newEtag) -> recordRenewal(renewed, newEtag);
        case Put.PreconditionFailed() ->
            // After a lost response the SDK sends the write again, and that is refused.
            store
                .read(key)
                .filter(existing -> holder(existing).filter(renewed::equals).isPresent())
                .ifPresentOrElse(
                    existing -> recordRenewal(renewed, existing.etag()),
                    () -> lostReason = "another run took it over");
        case Put.NotFound() -> lostReason = "it was deleted";
      }
    } catch (Failure failure) {
      // The next renewal tries again; ensureHeld checks the time since the last successful one.
      LOG.warn("The lock could not be renewed: {}", failure.getMessage());
    }
  }

  private void recordRenewal(Holder renewed, String newEtag) {
    holder = renewed;
    etag = newEtag;
    renewedNanos = System.nanoTime();
  }

  /// Releases the lock; one that another run has taken over is left alone.
  @Override
  public void close() {
    renewals.shutdown(); // a renewal in progress ends first: it holds the monitor
    synchronized (this) {
      if (lostReason != null) {
        return;
      }
      try {
        if (!store.deleteIfMatch(key, etag)) {
          LOG.warn("The lock {} was no longer ours when it was released.", store.address(key));
        }
      } catch (Failure failure) {
        LOG.warn("The lock could not be released, and will expire: {}", failure.getMessage());
      }
      lostReason = "it was released";
    }
  }
}
