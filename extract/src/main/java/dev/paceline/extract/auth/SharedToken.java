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

/// An account's token in a store that other runs use at the same time: a renewal of one kills the
/// token that the other has read, and only what is stored can tell.
final class SharedToken {

  private static final Logger LOG = LoggerFactory.getLogger(SharedToken.class);

  /// How often a refused run looks whether another one stores its answer after all.
  private static final int LOOKS = 10;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// The longest pauses between the tries to store a token: a minute in all.
  private static final List<Duration> BETWEEN_TRIES =
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

  /// Stores a token that only this run knows: it is tried for about a minute, as the one that is
  /// stored may be dead. Not even a run that was asked to stop gives up sooner.
  void store(Token renewed) {
    for (Duration longest : BETWEEN_TRIES) {
      try {
        store.write(account, renewed);
        return;
      } catch (Failure unwritable) {
        LOG.warn("Trying again, as the new token is known to nobody else: {}", unwritable.what());
        if (!passes(jitter(longest))) {
          throw unwritable;
        }
      }
    }
    store.write(account, renewed);
  }

  /// What is stored in place of a token that the source has refused: another run may have renewed
  /// it, and wait for the answer still. The refused one where nobody replaces it in a few seconds.
  Token afterRefusalOf(Token refused) {
    Token now = read();
    for (int look = 1;
        look < LOOKS && store.isPersistent() && now.hasSameRefreshToken(refused);
        look++) {
      if (!passes(BETWEEN_LOOKS)) {
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

  /// Marks a refused token, so that it costs no call again; answers whether it did, and no other
  /// run has stored a token at the last moment.
  boolean mark(Token refused, Token marked) {
    return store.replace(account, refused, marked);
  }

  private Duration jitter(Duration longest) {
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  private boolean passes(Duration time) {
    try {
      sleeper.sleep(time);
      return true;
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
