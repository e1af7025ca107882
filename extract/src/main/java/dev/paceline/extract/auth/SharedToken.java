package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An account's token in a store that other runs use at the same time. A renewal by one run
/// invalidates the token that another has read, and only the store shows this.
final class SharedToken {

  private static final Logger LOG = LoggerFactory.getLogger(SharedToken.class);

  /// How often a run whose token was refused checks whether another run stores a new one.
  private static final int CHECKS = 10;

  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  /// The longest pauses between attempts to store a token: a minute in total.
  private static final List<Duration> BETWEEN_ATTEMPTS =
      Stream.of(1, 2, 4, 8, 15, 15, 15).map(Duration::ofSeconds).toList();

  private final AccountRef account;
  private final TokenStore store;
  private final Sleeper sleeper;
  private final RandomGenerator random = RandomGenerator.getDefault();

  SharedToken(AccountRef account, TokenStore store, Sleeper sleeper) {
    this.account = account;
    this.store = store;
    this.sleeper = sleeper;
  }

  Token read() {
    return store.read(account);
  }

  /// Stores a token that only this run knows. Retries for about a minute, even if the run was asked
  /// to stop, because the stored token may be invalid.
  void store(Token renewed) {
    for (Duration longest : BETWEEN_ATTEMPTS) {
      try {
        store.write(account, renewed);
        return;
      } catch (Failure unwritable) {
        LOG.warn("Storing the new token failed, retrying: {}", unwritable.what());
        if (!sleep(jitter(longest))) {
          throw unwritable;
        }
      }
    }
    store.write(account, renewed);
  }

  /// The token that is stored after the source has refused this one. Waits a few seconds, because
  /// another run may have renewed it and not yet stored the new one.
  Token afterRefusalOf(Token refused) {
    Token now = read();
    for (int check = 1;
        check < CHECKS && store.isPersistent() && now.hasSameRefreshToken(refused);
        check++) {
      if (!sleep(BETWEEN_CHECKS)) {
        throw Failure.tryAgain(
            "Waiting for another run's token of the account " + account.name(),
            "the run was asked to stop",
            "run the same command again",
            Instant.now());
      }
      now = read();
    }
    return now;
  }

  /// Marks a refused token, so that it costs no further call. Returns false if another run has
  /// stored a token in the meantime.
  boolean mark(Token refused, Token marked) {
    return store.replace(account, refused, marked);
  }

  private Duration jitter(Duration longest) {
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  /// Returns whether the whole time passed.
  private boolean sleep(Duration time) {
    try {
      sleeper.sleep(time);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
