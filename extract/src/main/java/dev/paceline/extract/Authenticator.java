package dev.paceline.extract;

import dev.paceline.cli.Settings;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.extract.auth.ApiKeyAuthenticator;
import dev.paceline.extract.auth.ClientCredentialsAuthenticator;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RequestAuthenticator;
import dev.paceline.extract.http.Sleeper;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the calls of a source's accounts are signed, as its `api.yaml` wants it.
///
/// @param applicationId whose budget and lock it is; `default` where the source knows none
/// @param forAccount one for each account
/// @param application where its accounts have tokens of their own
record Authenticator(
    String applicationId, AuthenticatorFactory forAccount, Optional<Application> application) {

  private static final String NO_APPLICATION = "default";

  /// Gives the requestAuthenticator of an account; reads no token yet.
  interface AuthenticatorFactory {
    Optional<RequestAuthenticator> of(String account, HttpTransport transport, ApiClock clock);
  }

  private static Authenticator without(String applicationId, AuthenticatorFactory forAccount) {
    return new Authenticator(applicationId, forAccount, Optional.empty());
  }

  /// Chooses the way.
  ///
  /// @param sleeper how a requestAuthenticator waits for another run, and for a store that is away
  static Authenticator of(
      ApiDescription api,
      SourceSettings settings,
      @Nullable String oauthUrl,
      @Nullable String tokens,
      Sleeper sleeper) {
    return switch (api.authentication()) {
      case Authentication.None() ->
          without(NO_APPLICATION, (account, transport, clock) -> Optional.empty());
      case Authentication.ApiKey(String header) -> {
        ApiKeyAuthenticator requestAuthenticator =
            new ApiKeyAuthenticator(
                header, settings.secret("api_key"), Settings.variableOf(api.source() + "_api_key"));
        yield without(
            NO_APPLICATION, (account, transport, clock) -> Optional.of(requestAuthenticator));
      }
      case Authentication.ClientCredentials(List<String> scopes) -> {
        String clientId = settings.clientId();
        Secret secret = settings.secret("client_secret");
        URI url = settings.oauthUrl(oauthUrl);
        yield without(
            clientId,
            (account, transport, clock) ->
                Optional.of(
                    new ClientCredentialsAuthenticator(
                        transport, url, clientId, secret, scopes, clock)));
      }
      case Authentication.Oauth2RefreshToken oauth -> {
        Application application = settings.application(oauth, oauthUrl, tokens);
        yield new Authenticator(
            application.clientId(),
            (account, transport, clock) ->
                Optional.of(application.credentials(account, transport, clock, sleeper)),
            Optional.of(application));
      }
    };
  }
}
