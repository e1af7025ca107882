package dev.paceline.extract;

import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.auth.Credentials;
import dev.paceline.extract.auth.Owner;
import dev.paceline.extract.auth.TokenEndpoint;
import dev.paceline.extract.auth.TokenStore;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.Sleeper;
import java.net.URI;
import java.time.Duration;

/// The application that the source knows us by, and where its accounts' tokens are.
///
/// @param refreshMargin a token with less life than this is renewed before it is used
record Application(
    String source,
    String clientId,
    Secret clientSecret,
    URI oauthUrl,
    TokenStore tokens,
    Duration refreshMargin) {

  Credentials credentials(
      String account, HttpTransport transport, ApiClock clock, Sleeper sleeper) {
    return new Credentials(
        owner(account), tokens, endpoint(transport), refreshMargin, clock, sleeper);
  }

  Owner owner(String account) {
    return new Owner(source, account);
  }

  TokenEndpoint endpoint(HttpTransport transport) {
    return new TokenEndpoint(transport, oauthUrl, clientId, clientSecret);
  }
}
