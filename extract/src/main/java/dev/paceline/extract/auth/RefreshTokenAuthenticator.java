package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Sleeper;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.RequestAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Authenticates the calls of one account with its access token, which it renews in time.
public final class RefreshTokenAuthenticator implements RequestAuthenticator {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshTokenAuthenticator.class);

  private final AccountRef account;
  private final TokenStore store;
  private final SharedToken shared;
  private final TokenEndpoint endpoint;
  private final Duration margin;
  private final ApiClock clock;
  private @Nullable Token token;
  private Optional<String> subject = Optional.empty();
  private long renewals;
  private boolean unidentified;
  private @Nullable Failure lost;

  /// Reads no token yet: an account whose token is missing fails at its first call.
  ///
  /// @param margin a token that expires sooner than this is renewed before it is used
  /// @param sleeper waits for another run, or for a store that is unavailable
  public RefreshTokenAuthenticator(
      AccountRef account,
      TokenStore store,
      TokenEndpoint endpoint,
      Duration margin,
      ApiClock clock,
      Sleeper sleeper) {
    this.account = account;
    this.store = store;
    this.shared = new SharedToken(account, store, clock, sleeper);
    this.endpoint = endpoint;
    this.margin = margin;
    this.clock = clock;
  }

  @Override
  public Header header() {
    return new Header("Authorization", "Bearer " + bearer());
  }

  @Override
  public Optional<Set<String>> scopes() {
    return known().scopes().map(Scopes::allowed);
  }

  @Override
  public Optional<String> subject() {
    known();
    return subject;
  }

  @Override
  public long renewals() {
    return renewals;
  }

  @Override
  public boolean isLost() {
    return lost != null;
  }

  @Override
  public Optional<String> reauthorizeCommand() {
    return Optional.of(account.reauthorizeCommand());
  }

  /// An access token that is valid by the source's clock.
  private String bearer() {
    ensureNotLost();
    Token known = known();
    ensureNotRevoked(known);
    String usable = known.usableAt(clock.now(), margin);
    return usable == null ? refresh() : usable;
  }

  /// A refresh whose response was lost, or could not be stored, is never repeated: it may have
  /// invalidated the token. Nor is a token used that somebody has replaced by another athlete's.
  private void ensureNotLost() {
    if (lost != null) {
      throw lost;
    }
  }

  private Token known() {
    if (token == null) {
      token = shared.read();
      subject = token.athleteId();
    }
    return token;
  }

  /// Renews the token, unless it was already renewed in this run: then the account has to be
  /// authorized again.
  @Override
  public void refused(String call, String message) {
    if (renewals > 0) {
      throw new Failure(
          Exit.REFUSED,
          "%s for the account %s".formatted(call, account.name()),
          "the source refuses a new token (401 %s)".formatted(message),
          "leave all boxes ticked, and run: " + account.reauthorizeCommand());
    }
    refresh();
  }

  private String refresh() {
    ensureNotLost();
    store.ensureWritable(account);
    // Another run may have renewed the token since; then the one known here is invalid.
    Token old = replacement(shared.read());
    ensureNotRevoked(old);
    Token renewed =
        switch (requestRefresh(old)) {
          case RefreshResult.Renewed(Token received) -> {
            save(received); // before anything else: the old token may be invalid now
            yield received;
          }
          case RefreshResult.Revoked(String message, Instant at) -> successor(old, message, at);
        };
    token = renewed;
    renewals++;
    if (!store.isPersistent() && !renewed.refreshToken().equals(old.refreshToken())) {
      LOG.warn(
          "The refresh token of {} has changed but {} is read-only, so the new token is lost after this"
              + " run. The next run may need another store, and: {}",
          account.name(),
          store.address(account),
          account.authorizeCommand());
    }
    LOG.debug("The token of {} was renewed.", account.name());
    return Objects.requireNonNull(renewed.accessToken(), "a renewed token always has one");
  }

  /// A token that may have been stored since this run began: by another run that has renewed it, or
  /// by somebody who has authorized the account again. What the run knows of the account holds for
  /// one athlete only.
  ///
  /// @throws Failure if it is another athlete's (exit 65)
  private Token replacement(Token stored) {
    Token before = known();
    if (stored.hasSameRefreshToken(before)) {
      return stored;
    }
    Optional<String> expected = before.athleteId();
    Optional<String> found = stored.athleteId();
    if (expected.isEmpty() || found.isEmpty()) {
      unidentified = true;
    } else if (!expected.equals(found)) {
      throw lost(
          new Failure(
              Exit.UNUSABLE,
              refreshing(),
              "it was replaced during this run by that of athlete %s, but the account is that of %s;"
                      .formatted(found.get(), expected.get())
                  + " nothing was read with it",
              "authorize the account again, signed in as %s: %s"
                  .formatted(expected.get(), account.authorizeCommand())));
    }
    return stored;
  }

  @Override
  public boolean isUnidentified() {
    return unidentified;
  }

  @Override
  public void noteIdentified() {
    unidentified = false;
  }

  @Override
  public Failure lost(Failure failure) {
    lost = failure;
    return failure;
  }

  private RefreshResult requestRefresh(Token old) {
    try {
      return endpoint.refresh(old, account);
    } catch (Failure noResponse) {
      throw lost(noResponse);
    }
  }

  private void save(Token renewed) {
    try {
      shared.store(renewed);
    } catch (Failure unwritable) {
      throw lost(unwritable);
    }
  }

  /// The token that a faster run stored in place of an invalid one. If there is none, the invalid
  /// token is marked, so that it costs no further call.
  private Token successor(Token invalid, String message, Instant at) {
    Token now = replacement(shared.afterRefusalOf(invalid));
    if (now.hasSameRefreshToken(invalid)) {
      Token marked = invalid.revoked(at);
      if (shared.mark(invalid, marked)) {
        token = marked;
        throw revoked(at, " (%s)".formatted(message));
      }
      now = replacement(shared.read());
    }
    if (now.usableAt(clock.now(), margin) != null) {
      return now;
    }
    throw Failure.tryAgain(
        refreshing(),
        "it was replaced in the meantime, and the new one has to be renewed as well",
        "run the same command again",
        clock.now());
  }

  private void ensureNotRevoked(Token known) {
    Optional<Instant> at = known.revoked();
    if (at.isPresent()) {
      throw revoked(at.get(), "");
    }
  }

  private Failure revoked(Instant at, String message) {
    return new Failure(
        Exit.REFUSED,
        refreshing(),
        "the source refused it permanently at %s%s".formatted(at, message),
        "run: " + account.authorizeCommand());
  }

  private String refreshing() {
    return "Refreshing the token of the account " + account.name();
  }
}
