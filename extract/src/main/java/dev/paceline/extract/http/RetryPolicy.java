package dev.paceline.extract.http;

import dev.paceline.extract.http.HttpTransport.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Which failed tries are worth another, and after which pause: full jitter over a doubling
/// ceiling, so that many runs that failed together do not come back together.
public final class RetryPolicy {

  private static final int TRIES = 4;

  /// A source that asks for more is left alone until the next run.
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  private final Duration first;

  private final RandomGenerator random;
  private final Pause pause;

  /// A policy of four tries, for a run that nobody stops.
  ///
  /// @param first the longest pause after the first try; doubled after each further one
  public RetryPolicy(Duration first, RandomGenerator random) {
    this(first, random, new Pause(Thread::sleep, () -> false));
  }

  /// A policy of four tries.
  ///
  /// @param first the longest pause after the first try; doubled after each further one
  /// @param pause between two tries
  public RetryPolicy(Duration first, RandomGenerator random, Pause pause) {
    this.first = first;
    this.random = random;
    this.pause = pause;
  }

  /// The pause after a try whose answer may be better the next time; empty where it stands.
  ///
  /// @param failed tries so far, with this one
  Optional<Duration> pauseAfter(Response response, int failed) {
    if (failed >= TRIES) {
      return Optional.empty();
    }
    Optional<Duration> asked = response.retryAfter();
    if (asked.isEmpty()) {
      return Optional.of(jitter(failed));
    }
    if (isTooLong(asked.get())) {
      return Optional.empty();
    }
    return Optional.of(asked.get().plus(jitter(failed)));
  }

  /// The pause after a try without an answer; empty where the call is given up.
  ///
  /// @param failed tries so far, with this one
  Optional<Duration> pauseAfter(IOException broken, int failed) {
    if (failed >= TRIES) {
      return Optional.empty();
    }
    if (broken instanceof SSLHandshakeException || broken instanceof SSLPeerUnverifiedException) {
      return Optional.empty(); // a certificate is not better a second later
    }
    if (Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    return Optional.of(jitter(failed));
  }

  /// Whether a source asks for a longer pause than a run waits.
  boolean isTooLong(Duration asked) {
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0;
  }

  private Duration jitter(int failed) {
    long ceiling = first.toMillis() << (failed - 1);
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  /// How the time between two tries passes.
  Pause pause() {
    return pause;
  }
}
