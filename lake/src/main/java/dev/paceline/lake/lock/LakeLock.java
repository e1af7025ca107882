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

/// A lock that is an object of the lake: taken by writing it where there is none, renewed by
/// writing it again, taken over where it has not been renewed for a lease, by the store's own
/// clock. It makes runs polite, not correct: whoever writes calls [#ensureHeld] before, and the log
/// and the state are guarded by conditional writes of their own.
public final class LakeLock implements AutoCloseable {

  /// How long a lock outlives its last renewal.
  public static final Duration LEASE = Duration.ofSeconds(60);

  private static final int RENEWALS_PER_LEASE = 4;
  private static final int RACES = 10;
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
  private @Nullable String lost;

  private LakeLock(ObjectStore store, String key, Duration lease, Holder holder, String etag) {
    this.store = store;
    this.key = key;
    this.lease = lease;
    this.holder = holder;
    this.etag = etag;
    this.renewedNanos = System.nanoTime();
    long every = lease.toMillis() / RENEWALS_PER_LEASE;
    ScheduledFuture<?> _ =
        renewals.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /// Takes the lock, or says who has it and when to try again (exit 75).
  public static LakeLock acquire(ObjectStore store, String key, String run) {
    return acquire(store, key, Holder.ofThisProcess(run), LEASE);
  }

  static LakeLock acquire(ObjectStore store, String key, Holder me, Duration lease) {
    for (int race = 0; race < RACES; race++) {
      Optional<StoredObject> there = store.read(key);
      if (there.isPresent() && holder(there.get()).filter(me::equals).isPresent()) {
        return new LakeLock(store, key, lease, me, there.get().etag()); // its answer was lost
      }
      if (there.isPresent() && !isFree(there.get(), lease)) {
        throw held(store, key, there.get(), lease);
      }
      Put put =
          there.isEmpty()
              ? store.putIfAbsent(key, Json.bytes(me))
              : store.putIfMatch(key, Json.bytes(me), there.get().etag());
      if (put instanceof Put.Stored(String etag)) {
        return new LakeLock(store, key, lease, me, etag);
      }
    }
    throw Failure.tryAgain(
        "Taking the lock " + store.address(key),
        "others took it %d times in a row".formatted(RACES),
        "try again",
        Instant.now().plus(lease));
  }

  private static boolean isFree(StoredObject there, Duration lease) {
    return there.age().compareTo(lease) > 0 || holder(there).map(Holder::isKnownDead).orElse(false);
  }

  private static Optional<Holder> holder(StoredObject there) {
    try {
      return Optional.of(Json.MAPPER.readValue(there.body(), Holder.class));
    } catch (IOException foreign) {
      return Optional.empty();
    }
  }

  private static Failure held(ObjectStore store, String key, StoredObject there, Duration lease) {
    String who =
        holder(there).map(h -> "run %s on %s".formatted(h.run(), h.host())).orElse("another run");
    return Failure.tryAgain(
        "Taking the lock " + store.address(key),
        who + " holds it",
        "wait for that run to end; a lock whose run has died is free after %d seconds"
            .formatted(lease.toSeconds()),
        there.lastModified().plus(lease));
  }

  /// Throws (exit 75) where the lock has been lost, so that nothing more is written.
  public synchronized void ensureHeld() {
    if (lost == null && System.nanoTime() - renewedNanos > lease.toNanos()) {
      lost = "it could not be renewed for %d seconds".formatted(lease.toSeconds());
    }
    if (lost != null) {
      throw Failure.tryAgain(
          "Holding the lock " + store.address(key),
          lost,
          "try again: what was committed stays",
          Instant.now().plus(lease));
    }
  }

  /// Whether it is still ours, as far as is known.
  public synchronized boolean isHeld() {
    return lost == null && System.nanoTime() - renewedNanos <= lease.toNanos();
  }

  private synchronized void renew() {
    if (lost != null) {
      return;
    }
    Holder renewed = holder.renewed();
    try {
      switch (store.putIfMatch(key, Json.bytes(renewed), etag)) {
        case Put.Stored(String next) -> keep(renewed, next);
        case Put.Refused() ->
            // An answer lost on the way and sent again is refused though it had been carried out.
            store
                .read(key)
                .filter(there -> holder(there).filter(renewed::equals).isPresent())
                .ifPresentOrElse(
                    there -> keep(renewed, there.etag()), () -> lost = "another run took it over");
        case Put.Gone() -> lost = "it was deleted";
      }
    } catch (Failure unreachable) {
      // The next renewal tries again; ensureHeld counts the time since the last that succeeded.
      LOG.warn("The lock could not be renewed: {}", unreachable.getMessage());
    }
  }

  private void keep(Holder renewed, String next) {
    holder = renewed;
    etag = next;
    renewedNanos = System.nanoTime();
  }

  /// Gives the lock back; one that another run has taken over is left to it.
  @Override
  public void close() {
    renewals.shutdown(); // a renewal under way ends first: it holds the monitor
    synchronized (this) {
      if (lost != null) {
        return;
      }
      try {
        if (!store.deleteIfMatch(key, etag)) {
          LOG.warn("The lock {} was no longer ours when it was given back.", store.address(key));
        }
      } catch (Failure unreachable) {
        LOG.warn("The lock was not given back, and goes stale: {}", unreachable.getMessage());
      }
      lost = "it was given back";
    }
  }
}
