package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import dev.paceline.cli.retry.Sleeper;
import dev.paceline.extract.http.ApiClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An account's token in a store that other runs use at the same time. A renewal by one run
/// invalidates the token that another has read, and only the store shows this.
final class SharedToken {

  private static final Logger LOG = LoggerFactory.getLogger(SharedToken.class);

  /// How often, and how many seconds apart, a run whose token was refused checks whether another
  /// run stores a new one.
  private static final int CHECKS = 10;

  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  /// With the pauses between them a minute in total.
  private static final int ATTEMPTS_TO_STORE = 8;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final AccountRef account;
  private final TokenStore store;
  private final ApiClock clock;
  private final Retries storing;
  private final Retries checking;

  SharedToken(AccountRef account, TokenStore store, ApiClock clock, Sleeper sleeper) {
    this.account = account;
    this.store = store;
    this.clock = clock;
    Pause pause = new Pause(sleeper);
    this.storing = Retries.doubling(ATTEMPTS_TO_STORE, FIRST_PAUSE, LONGEST_PAUSE, pause);
    this.checking = Retries.every(BETWEEN_CHECKS, CHECKS, pause);
  }

  Token read() {
    return store.read(account);
  }

  /// Stores a token that only this run knows. Retries for about a minute, even if the run was asked
  /// to stop, because the stored token may be invalid.
  void store(Token renewed) {
    storing.call(
        () -> {
          store.write(account, renewed);
          return renewed;
        },
        SharedToken::isWorthRetrying);
  }

  private static boolean isWorthRetrying(Exception unwritable) {
    if (unwritable instanceof Failure failure) {
      LOG.warn("Storing the new token failed, retrying: {}", failure.what());
      return true;
    }
    return false;
  }

  /// The token that is stored after the source has refused this one. Waits a few seconds, because
  /// another run may have renewed it and not yet stored the new one.
  Token afterRefusalOf(Token refused) {
    Token now = checking.until(token -> isFinalAfter(refused, token), this::read);
    if (!isFinalAfter(refused, now) && Thread.currentThread().isInterrupted()) {
      throw Failure.tryAgain(
          "Waiting for another run's token of the account " + account.name(),
          "the run was asked to stop",
          "run the same command again",
          clock.now());
    }
    return now;
  }

  /// A store that keeps nothing will have no other token later.
  private boolean isFinalAfter(Token refused, Token now) {
    return !store.isPersistent() || !now.hasSameRefreshToken(refused);
  }

  /// Marks a refused token, so that it costs no further call. Returns false if another run has
  /// stored a token in the meantime.
  boolean mark(Token refused, Token marked) {
    return store.replace(account, refused, marked);
  }
}
