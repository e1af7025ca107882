package dev.paceline.cli.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// How often something is tried, with which pauses in between. A pause that is ended early, by a
/// request to stop or by an interrupt, ends the attempts as if it had been the last one.
public final class Retries {

  private static final int MAX_DOUBLINGS = 30;

  private final int attempts;
  private final IntFunction<Duration> pauses;
  private final Pause pause;

  private Retries(int attempts, IntFunction<Duration> pauses, Pause pause) {
    if (attempts < 1) {
      throw new IllegalArgumentException("%d attempts".formatted(attempts));
    }
    this.attempts = attempts;
    this.pauses = pauses;
    this.pause = pause;
  }

  /// Pauses that double up to a longest one. Each is between half of that and all of it, so that
  /// runs that failed together do not try again together.
  ///
  /// @param attempts how many at most, with the first
  public static Retries doubling(int attempts, Duration first, Duration longest, Pause pause) {
    return new Retries(attempts, retry -> jittered(ceiling(first, longest, retry)), pause);
  }

  /// Equal pauses, to poll for what somebody else is doing.
  ///
  /// @param attempts how many at most, with the first
  public static Retries every(Duration interval, int attempts, Pause pause) {
    return new Retries(attempts, _ -> interval, pause);
  }

  private static Duration ceiling(Duration first, Duration longest, int retry) {
    Duration doubled = first.multipliedBy(1L << Math.min(retry - 1, MAX_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private static Duration jittered(Duration ceiling) {
    long half = ceiling.toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  /// Tries until an attempt succeeds, and returns its result. Throws what an attempt threw if that
  /// is not transient, or if there is no other attempt.
  ///
  /// @param isTransient whether to try again; asked only if there is another attempt
  public <T, X extends Exception> T call(
      Attempt<T, X> attempt, Predicate<? super Exception> isTransient) throws X {
    for (int made = 1; ; made++) {
      try {
        return attempt.run();
      } catch (Exception failed) {
        if (made == attempts || !isTransient.test(failed) || !pauseAfter(made)) {
          throw failed;
        }
      }
    }
  }

  /// Tries until an attempt returns what is wanted, and returns what the last one returned.
  public <T> T until(Predicate<? super T> isWanted, Supplier<T> attempt) {
    for (int made = 1; ; made++) {
      T result = attempt.get();
      if (isWanted.test(result) || made == attempts || !pauseAfter(made)) {
        return result;
      }
    }
  }

  /// Returns whether to go on.
  private boolean pauseAfter(int made) {
    return pause.sleep(pauses.apply(made));
  }

  /// Something that may fail.
  @FunctionalInterface
  public interface Attempt<T, X extends Exception> {
    T run() throws X;
  }
}
