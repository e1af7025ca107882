package dev.paceline.extract.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which failed calls are worth another try, and after which pause: full jitter over a doubling
/// ceiling, so that many runs that failed together do not come back together.
public final class RetryPolicy {

  private static final int TRIES = 4;

  private final Duration first;
  private final RandomGenerator random;

  /// A policy of four tries.
  ///
  /// @param first the longest pause after the first try; doubled after each further one
  public RetryPolicy(Duration first, RandomGenerator random) {
    this.first = first;
    this.random = random;
  }

  /// The pause before a call that was answered is repeated; empty where the answer stands.
  Optional<Duration> pauseAfter(int status, int tried) {
    if (tried >= TRIES) {
      return Optional.empty();
    }
    return switch (status) {
      case 408, 425, 500, 502, 503, 504 -> Optional.of(jitter(tried));
      default -> Optional.empty();
    };
  }

  /// The pause before a call without an answer is repeated; empty where it is given up.
  Optional<Duration> pauseAfter(IOException broken, int tried) {
    boolean asked =
        broken instanceof InterruptedIOException && Thread.currentThread().isInterrupted();
    return asked || tried >= TRIES ? Optional.empty() : Optional.of(jitter(tried));
  }

  private Duration jitter(int tried) {
    long ceiling = first.toMillis() << (tried - 1);
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted between two tries"));
    }
  }
}
