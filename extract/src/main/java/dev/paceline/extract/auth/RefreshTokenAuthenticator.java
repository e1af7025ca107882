package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.RequestAuthenticator;
import dev.paceline.extract.http.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs the calls of one account: hands out its access token and renews it in time.
public final class RefreshTokenAuthenticator implements RequestAuthenticator {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshTokenAuthenticator.class);

  private final AccountRef account;
  private final TokenStore store;
  private final SharedToken shared;
  private final TokenEndpoint endpoint;
  private final Duration margin;
  private final ApiClock clock;
  private @Nullable Token token;
  private boolean refreshed;
  private @Nullable Failure lost;

  /// Reads nothing yet: an account whose token is missing fails when it is first used.
  ///
  /// @param margin a token with less life than this is renewed before it is used
  /// @param sleeper how it waits for another run, and for a store that is away
  public RefreshTokenAuthenticator(
      AccountRef account,
      TokenStore store,
      TokenEndpoint endpoint,
      Duration margin,
      ApiClock clock,
      Sleeper sleeper) {
    this.account = account;
    this.store = store;
    this.shared = new SharedToken(account, store, sleeper);
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
  public Optional<String> reauthorizeCommand() {
    return Optional.of(account.reauthorizeCommand());
  }

  /// An access token that is good by the source's clock.
  private String bearer() {
    ensureNotLost();
    Token known = known();
    ensureNotRevoked(known);
    String usable = known.usableAt(clock.now(), margin);
    return usable == null ? refresh() : usable;
  }

  /// A refresh whose answer was lost, on its way or on that to the store, is never sent again: it
  /// may have killed the token.
  private void ensureNotLost() {
    if (lost != null) {
      throw lost;
    }
  }

  private Token known() {
    Token known = token == null ? shared.read() : token;
    token = known;
    return known;
  }

  /// A token that has not been renewed in this run is, and the call is worth another try; else the
  /// account has to be authorized again.
  @Override
  public void refused(String call, String message) {
    if (refreshed) {
      throw new Failure(
          Exit.REFUSED,
          "%s for the account %s".formatted(call, account.name()),
          "the source refuses a token that is new (401 %s)".formatted(message),
          "leave all boxes ticked, and type: " + account.reauthorizeCommand());
    }
    refresh();
  }

  private String refresh() {
    ensureNotLost();
    store.ensureWritable(account);
    // Read again: another run may have renewed it since, and then the one known here is dead.
    Token old = shared.read();
    ensureNotRevoked(old);
    Token renewed =
        switch (ask(old)) {
          case RefreshResult.Renewed(Token answer) -> {
            save(answer); // before anything else: the old token may be dead now
            yield answer;
          }
          case RefreshResult.Revoked(String message, Instant at) -> successor(old, message, at);
        };
    token = renewed;
    refreshed = true;
    if (!store.isPersistent() && !renewed.refreshToken().equals(old.refreshToken())) {
      LOG.warn(
          "The refresh token of {} has changed, and {} is read only: it is lost with this run."
              + " The next one may need another store, and: {}",
          account.name(),
          store.address(account),
          account.authorizeCommand());
    }
    LOG.debug("The token of {} was renewed.", account.name());
    return Objects.requireNonNull(renewed.accessToken(), "nothing else is taken for new");
  }

  private RefreshResult ask(Token old) {
    try {
      return endpoint.refresh(old, account);
    } catch (Failure unanswered) {
      lost = unanswered;
      throw unanswered;
    }
  }

  private void save(Token renewed) {
    try {
      shared.store(renewed);
    } catch (Failure unwritable) {
      lost = unwritable;
      throw unwritable;
    }
  }

  /// The token that another run, which was faster, stores in place of a dead one; where there is
  /// none the dead one is marked, and costs no call again.
  private Token successor(Token dead, String message, Instant at) {
    Token now = shared.afterRefusalOf(dead);
    if (now.hasSameRefreshToken(dead)) {
      Token marked = dead.revoked(at);
      if (shared.mark(dead, marked)) {
        token = marked;
        throw revoked(at, " (%s)".formatted(message));
      }
      now = shared.read();
    }
    if (now.usableAt(clock.now(), margin) != null) {
      return now;
    }
    throw Failure.tryAgain(
        "Refreshing the token of the account " + account.name(),
        "another one was put in its place meanwhile, which has to be renewed as well",
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
        "Refreshing the token of the account " + account.name(),
        "the source refused it for good at %s%s".formatted(at, message),
        "type: " + account.authorizeCommand());
  }
}
