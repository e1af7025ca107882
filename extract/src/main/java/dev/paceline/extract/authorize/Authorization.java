package dev.paceline.extract.authorize;

import dev.paceline.cli.DurationText;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.MissingScopes;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.auth.Token;
import dev.paceline.extract.auth.TokenEndpoint;
import dev.paceline.extract.auth.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets an account a token: asks its owner for consent, exchanges the code, checks the granted
/// scopes, and stores the token. If any step fails, the previous token stays.
///
/// @param oauthUrl the base of `/authorize`
/// @param others the source's other accounts, none of which should have the same athlete
/// @param requested the scopes to ask for
/// @param force whether to replace a valid token, or another athlete's, and to accept an athlete
///   that another account has
public record Authorization(
    ApiDescription api,
    AccountRef account,
    URI oauthUrl,
    String clientId,
    TokenEndpoint endpoint,
    TokenStore store,
    List<AccountRef> others,
    List<String> requested,
    boolean force) {

  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

  /// Runs the authorization.
  ///
  /// @param timeout how long to wait for consent
  public Authorized run(ConsentFlow flow, Duration timeout) {
    if (!store.isPersistent()) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "%s is read-only".formatted(store.address(account)),
          "give --tokens file:///dir, ssm:/prefix or secretsmanager:prefix");
    }
    // With --force the old token is not even read: it may be unreadable.
    Optional<Token> old = force ? Optional.empty() : store.find(account);
    old.ifPresent(this::ensureReplaceable);
    store.ensureWritable(account);
    ConsentRequest request = ConsentRequest.of(oauthUrl, clientId, flow.redirectUri(), requested);
    Redirect redirect =
        flow.ask(request, timeout)
            .orElseThrow(() ->
                new Failure(
                    Exit.REFUSED,
                    doing(),
                    "no consent was given within " + DurationText.of(timeout),
                    "run again: " + account.authorizeCommand()));
    try {
      Authorized authorized = complete(request, redirect, old);
      flow.showResult(ResultPage.DONE);
      return authorized;
    } catch (Failure failure) {
      flow.showResult(failure.exit() == Exit.REFUSED ? ResultPage.REFUSED : ResultPage.TRY_AGAIN);
      throw failure;
    }
  }

  private void ensureReplaceable(Token old) {
    boolean lacksScopes =
        old.scopes()
            .map(scopes -> !MissingScopes.of(api, requested, scopes.allowed()).isEmpty())
            .orElse(false);
    if (old.revoked().isEmpty() && !lacksScopes) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "it has a token in %s that is not known to be bad".formatted(store.address(account)),
          "to test it, run: extract check %s --account %s; to replace it, run: %s"
              .formatted(account.source(), account.name(), account.reauthorizeCommand()));
    }
  }

  private Authorized complete(ConsentRequest request, Redirect redirect, Optional<Token> old) {
    String code = acceptedCode(request, redirect);
    Token token = endpoint.exchange(code, request.redirectUri(), account);
    Optional<Scopes> granted = redirect.granted().or(token::scopes);
    Optional<MissingScopes> missingScopes =
        granted.map(scopes -> MissingScopes.of(api, requested, scopes.allowed()));
    if (missingScopes.isPresent() && missingScopes.get().essential()) {
      throw refused(missingScopes.get().sentence(), "leave the boxes ticked");
    }
    ensureSameAthlete(old, token);
    if (!force) {
      token.athleteId().ifPresent(this::ensureNotInOtherAccount);
    }
    Token stored = granted.map(token::withScopes).orElse(token);
    store.write(account, stored);
    return new Authorized(account, stored, store.address(account), missingScopes);
  }

  /// The code of a redirect that belongs to this request and grants consent.
  private String acceptedCode(ConsentRequest request, Redirect redirect) {
    if (!redirect.typed() && !request.matchesState(redirect.state().orElse(""))) {
      throw refused(
          "the response belongs to another request (its state is not the one that was sent)",
          "close older consent pages, do not follow links from others");
    }
    if (redirect.error().isPresent()) {
      throw denied(redirect.error().get());
    }
    return redirect.code().orElseThrow();
  }

  private Failure denied(String error) {
    return switch (error) {
      case "access_denied" ->
          new Failure(
              Exit.REFUSED,
              doing(),
              "consent was refused (access_denied)",
              "to ask again, run: " + account.authorizeCommand());
      case "server_error", "temporarily_unavailable" ->
          new Failure(Exit.UNAVAILABLE, doing(), "the source returned " + error, "try again later");
      default ->
          refused(
              "the source returned " + error.replaceAll("[^a-z_]+.*", "…"),
              "check the client id %s and its callback domain".formatted(clientId));
    };
  }

  private void ensureSameAthlete(Optional<Token> old, Token token) {
    Optional<String> before = old.flatMap(Token::athleteId);
    Optional<String> now = token.athleteId();
    if (before.isPresent() && now.isPresent() && !before.equals(now)) {
      throw new Failure(
          Exit.REFUSED,
          doing(),
          "athlete %s consented, but the account is athlete %s's"
              .formatted(now.get(), before.get()),
          "sign in to the source as the right athlete, or name another account; to replace one athlete"
              + " with the other, run: "
              + account.reauthorizeCommand());
    }
  }

  /// With one athlete under two accounts, everything downstream would count two people.
  private void ensureNotInOtherAccount(String athlete) {
    for (AccountRef other : others) {
      if (athleteOf(other).filter(athlete::equals).isPresent()) {
        throw new Failure(
            Exit.REFUSED,
            doing(),
            "athlete %s consented, who already belongs to the account %s"
                .formatted(athlete, other.name()),
            "sign in to the source as another athlete; to use one athlete twice, run: "
                + account.reauthorizeCommand());
      }
    }
  }

  private Optional<String> athleteOf(AccountRef other) {
    try {
      return store.find(other).flatMap(Token::athleteId);
    } catch (Failure unreadable) {
      LOG.warn(
          "The athlete of the account {} is unknown: {}", other.name(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Failure refused(String what, String remedy) {
    return new Failure(
        Exit.REFUSED,
        doing(),
        what,
        "%s, and run: %s".formatted(remedy, account.authorizeCommand()));
  }

  private String doing() {
    return "Authorizing the account %s of %s".formatted(account.name(), account.source());
  }

  /// The stored token.
  ///
  /// @param missingScopes empty if the source did not name the granted scopes
  public record Authorized(
      AccountRef account, Token token, String address, Optional<MissingScopes> missingScopes) {}
}
