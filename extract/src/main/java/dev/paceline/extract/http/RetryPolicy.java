package dev.paceline.extract.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Decides which failed attempts are retried, and after which pause: full jitter over a doubling
/// ceiling, so that runs that failed together do not retry together.
public final class RetryPolicy {

  static final int MAX_ATTEMPTS = 4;

  /// If a source asks for a longer pause, the call waits for the next run.
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  private final Duration first;
  private final RandomGenerator random;

  /// A policy of four attempts.
  ///
  /// @param first the longest pause after the first attempt; doubled after each further one
  public RetryPolicy(Duration first, RandomGenerator random) {
    this.first = first;
    this.random = random;
  }

  /// The pause before a retry; empty if the response is final.
  ///
  /// @param attempts so far, including this one
  Optional<Duration> pauseAfter(Response response, int attempts) {
    if (attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    Optional<Duration> requested = response.retryAfter();
    if (requested.isEmpty()) {
      return Optional.of(jitter(attempts));
    }
    if (isTooLong(requested.get())) {
      return Optional.empty();
    }
    return Optional.of(requested.get().plus(jitter(attempts)));
  }

  /// The pause after an attempt without a response; empty if the call is given up.
  ///
  /// @param attempts so far, including this one
  Optional<Duration> pauseAfter(IOException broken, int attempts) {
    if (attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    if (broken instanceof SSLHandshakeException || broken instanceof SSLPeerUnverifiedException) {
      return Optional.empty(); // a certificate does not become valid a second later
    }
    if (Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    return Optional.of(jitter(attempts));
  }

  /// Whether a source asks for a longer pause than a run will wait.
  boolean isTooLong(Duration requested) {
    return requested.compareTo(LONGEST_RETRY_AFTER) > 0;
  }

  private Duration jitter(int attempts) {
    long ceiling = first.toMillis() << (attempts - 1);
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }
}
