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

/// Gives an account a token: asks its person, exchanges the answer, looks at what was granted, and
/// stores it. Whatever goes wrong on the flow, the token that was there before stays.
///
/// @param oauthUrl `/authorize` is below it
/// @param others the source's other accounts, none of which should have the same athlete
/// @param asked the scopes that the person is asked for
/// @param force whether a good token, or another athlete's, is replaced, and an athlete that
///   another account has is taken
public record Authorization(
    ApiDescription api,
    AccountRef account,
    URI oauthUrl,
    String clientId,
    TokenEndpoint endpoint,
    TokenStore store,
    List<AccountRef> others,
    List<String> asked,
    boolean force) {

  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

  /// Runs to the end.
  ///
  /// @param timeout how long the person may take
  public Authorized run(ConsentFlow flow, Duration timeout) {
    if (!store.isPersistent()) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "%s is read only".formatted(store.address(account)),
          "give --tokens file:///dir, ssm:/prefix or secretsmanager:prefix");
    }
    // With --force the old one is not even read: it may be what has to be replaced.
    Optional<Token> old = force ? Optional.empty() : store.find(account);
    old.ifPresent(this::ensureReplaceable);
    store.ensureWritable(account);
    ConsentRequest request = ConsentRequest.of(oauthUrl, clientId, flow.redirectUri(), asked);
    Redirect redirect =
        flow.ask(request, timeout)
            .orElseThrow(() ->
                new Failure(
                    Exit.REFUSED,
                    doing(),
                    "nobody answered within " + DurationText.of(timeout),
                    "type again: " + account.authorizeCommand()));
    try {
      Authorized authorized = take(request, redirect, old);
      flow.showResult(ResultPage.DONE);
      return authorized;
    } catch (Failure failure) {
      flow.showResult(failure.exit() == Exit.REFUSED ? ResultPage.REFUSED : ResultPage.TRY_AGAIN);
      throw failure;
    }
  }

  private void ensureReplaceable(Token old) {
    boolean lacks =
        old.scopes()
            .map(scopes -> !MissingScopes.of(api, asked, scopes.allowed()).isEmpty())
            .orElse(false);
    if (old.revoked().isEmpty() && !lacks) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "it has a token in %s that is not known to be bad".formatted(store.address(account)),
          "see what it is worth: extract check %s --account %s; to replace it type: %s"
              .formatted(account.source(), account.name(), account.reauthorizeCommand()));
    }
  }

  private Authorized take(ConsentRequest request, Redirect redirect, Optional<Token> old) {
    String code = acceptedCode(request, redirect);
    Token token = endpoint.exchange(code, request.redirectUri(), account);
    Optional<Scopes> granted = redirect.granted().or(token::scopes);
    Optional<MissingScopes> missingScopes =
        granted.map(scopes -> MissingScopes.of(api, asked, scopes.allowed()));
    if (missingScopes.isPresent() && missingScopes.get().essential()) {
      throw refused(missingScopes.get().sentence(), "leave the boxes ticked");
    }
    ensureSameAthlete(old, token);
    if (!force) {
      token.athleteId().ifPresent(this::ensureNobodyElseHas);
    }
    Token stored = granted.map(token::granted).orElse(token);
    store.write(account, stored);
    return new Authorized(account, stored, store.address(account), missingScopes);
  }

  /// The code of a redirect that answers this request, and says yes.
  private String acceptedCode(ConsentRequest request, Redirect redirect) {
    if (!redirect.typed() && !request.matchesState(redirect.state().orElse(""))) {
      throw refused(
          "what came back answers another question (its state is not the one that was sent)",
          "close older pages of it, do not follow links of others");
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
              "its person refused (access_denied)",
              "to ask again type: " + account.authorizeCommand());
      case "server_error", "temporarily_unavailable" ->
          new Failure(Exit.UNAVAILABLE, doing(), "the source answered " + error, "try again later");
      default ->
          refused(
              "the source answered " + error.replaceAll("[^a-z_]+.*", "…"),
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
          "sign in to the source as that one, or name another account; to replace one athlete by"
              + " the other type: "
              + account.reauthorizeCommand());
    }
  }

  /// One athlete's data under two accounts would be two people's everywhere after.
  private void ensureNobodyElseHas(String athlete) {
    for (AccountRef other : others) {
      if (athleteOf(other).filter(athlete::equals).isPresent()) {
        throw new Failure(
            Exit.REFUSED,
            doing(),
            "athlete %s consented, whom the account %s has already"
                .formatted(athlete, other.name()),
            "sign in to the source as somebody else; to have one athlete twice type: "
                + account.reauthorizeCommand());
      }
    }
  }

  private Optional<String> athleteOf(AccountRef other) {
    try {
      return store.find(other).flatMap(Token::athleteId);
    } catch (Failure unreadable) {
      LOG.warn(
          "Whose data the account {} has is not known: {}", other.name(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Failure refused(String what, String remedy) {
    return new Failure(
        Exit.REFUSED,
        doing(),
        what,
        "%s, and type: %s".formatted(remedy, account.authorizeCommand()));
  }

  private String doing() {
    return "Authorizing the account %s of %s".formatted(account.name(), account.source());
  }

  /// What was stored.
  ///
  /// @param missingScopes empty where the source did not say what it granted
  public record Authorized(
      AccountRef account, Token token, String address, Optional<MissingScopes> missingScopes) {}
}
