package dev.paceline.extract;

import dev.paceline.cli.retry.Sleeper;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.auth.RefreshTokenAuthenticator;
import dev.paceline.extract.auth.TokenEndpoint;
import dev.paceline.extract.auth.TokenStore;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import java.net.URI;
import java.time.Duration;

/// The application that is registered with the source, and the store of its accounts' tokens.
///
/// @param refreshMargin a token that expires sooner than this is renewed before it is used
record Application(
    String source,
    String clientId,
    Secret clientSecret,
    URI oauthUrl,
    TokenStore tokens,
    Duration refreshMargin) {

  RefreshTokenAuthenticator authenticator(
      String account, HttpTransport transport, ApiClock clock, Sleeper sleeper) {
    return new RefreshTokenAuthenticator(
        accountRef(account), tokens, endpoint(transport), refreshMargin, clock, sleeper);
  }

  AccountRef accountRef(String account) {
    return new AccountRef(source, account);
  }

  TokenEndpoint endpoint(HttpTransport transport) {
    return new TokenEndpoint(transport, oauthUrl, clientId, clientSecret);
  }
}
