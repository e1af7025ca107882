package dev.paceline.extract.authorize;

import dev.paceline.cli.DurationText;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.api.Shortfall;
import dev.paceline.extract.auth.Owner;
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
/// stores it. Whatever goes wrong on the way, the token that was there before stays.
///
/// @param oauthUrl `/authorize` is below it
/// @param others the source's other accounts, none of which should have the same athlete
/// @param asked the scopes that the person is asked for
/// @param force whether a good token, or another athlete's, is replaced, and an athlete that
///   another account has is taken
public record Authorization(
    ApiDescription api,
    Owner owner,
    URI oauthUrl,
    String clientId,
    TokenEndpoint endpoint,
    TokenStore store,
    List<Owner> others,
    List<String> asked,
    boolean force) {

  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

  /// Runs to the end.
  ///
  /// @param timeout how long the person may take
  public Authorized run(Way way, Duration timeout) {
    if (!store.keeps()) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "%s is read only".formatted(store.address(owner)),
          "give --tokens file:///dir, ssm:/prefix or secretsmanager:prefix");
    }
    // With --force the old one is not even read: it may be what has to be replaced.
    Optional<Token> old = force ? Optional.empty() : store.find(owner);
    old.ifPresent(this::ensureReplaceable);
    store.ensureWritable(owner);
    ConsentRequest request = ConsentRequest.of(oauthUrl, clientId, way.redirectUri(), asked);
    Redirect redirect =
        way.ask(request, timeout)
            .orElseThrow(() ->
                new Failure(
                    Exit.REFUSED,
                    doing(),
                    "nobody answered within " + DurationText.of(timeout),
                    "type again: " + owner.authorize()));
    try {
      Authorized authorized = take(request, redirect, old);
      way.tell(Page.DONE);
      return authorized;
    } catch (Failure failure) {
      way.tell(failure.exit() == Exit.REFUSED ? Page.REFUSED : Page.TRY_AGAIN);
      throw failure;
    }
  }

  private void ensureReplaceable(Token old) {
    boolean lacks =
        old.scopes()
            .map(scopes -> !Shortfall.of(api, asked, scopes.allowed()).isNothing())
            .orElse(false);
    if (old.revoked().isEmpty() && !lacks) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "it has a token in %s that is not known to be bad".formatted(store.address(owner)),
          "see what it is worth: extract check %s --account %s; to replace it type: %s"
              .formatted(owner.source(), owner.account(), owner.authorizeAnew()));
    }
  }

  private Authorized take(ConsentRequest request, Redirect redirect, Optional<Token> old) {
    String code = believed(request, redirect);
    Token token = endpoint.exchange(code, request.redirectUri(), owner);
    Optional<Scopes> granted = redirect.granted().or(token::scopes);
    Optional<Shortfall> shortfall =
        granted.map(scopes -> Shortfall.of(api, asked, scopes.allowed()));
    if (shortfall.isPresent() && shortfall.get().essential()) {
      throw refused(shortfall.get().sentence(), "leave the boxes ticked");
    }
    ensureSameAthlete(old, token);
    if (!force) {
      token.athleteId().ifPresent(this::ensureNobodyElseHas);
    }
    Token stored = granted.map(token::granted).orElse(token);
    store.write(owner, stored);
    return new Authorized(owner, stored, store.address(owner), shortfall);
  }

  /// The code of a redirect that answers this request, and says yes.
  private String believed(ConsentRequest request, Redirect redirect) {
    if (!redirect.typed() && !request.isAnsweredBy(redirect.state().orElse(""))) {
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
              "to ask again type: " + owner.authorize());
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
              + owner.authorizeAnew());
    }
  }

  /// One athlete's data under two accounts would be two people's everywhere after.
  private void ensureNobodyElseHas(String athlete) {
    for (Owner other : others) {
      if (athleteOf(other).filter(athlete::equals).isPresent()) {
        throw new Failure(
            Exit.REFUSED,
            doing(),
            "athlete %s consented, whom the account %s has already"
                .formatted(athlete, other.account()),
            "sign in to the source as somebody else; to have one athlete twice type: "
                + owner.authorizeAnew());
      }
    }
  }

  private Optional<String> athleteOf(Owner other) {
    try {
      return store.find(other).flatMap(Token::athleteId);
    } catch (Failure unreadable) {
      LOG.warn(
          "Whose data the account {} has is not known: {}",
          other.account(),
          unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Failure refused(String what, String remedy) {
    return new Failure(
        Exit.REFUSED, doing(), what, "%s, and type: %s".formatted(remedy, owner.authorize()));
  }

  private String doing() {
    return "Authorizing the account %s of %s".formatted(owner.account(), owner.source());
  }

  /// What was stored.
  ///
  /// @param shortfall empty where the source did not say what it granted
  public record Authorized(
      Owner owner, Token token, String address, Optional<Shortfall> shortfall) {}
}
