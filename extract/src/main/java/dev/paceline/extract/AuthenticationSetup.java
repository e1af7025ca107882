package dev.paceline.extract;

import dev.paceline.cli.Given;
import dev.paceline.cli.Settings;
import dev.paceline.cli.retry.Sleeper;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.extract.auth.ApiKeyAuthenticator;
import dev.paceline.extract.auth.ClientCredentialsAuthenticator;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RequestAuthenticator;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the calls of a source's accounts are authenticated, from its `api.yaml` and the settings.
///
/// @param applicationId the application whose budget the accounts share; `default` if the source
///   has no applications
/// @param factory makes the authenticator of each account
/// @param application present if each account has a token of its own
record AuthenticationSetup(
    String applicationId, AuthenticatorFactory factory, Optional<Application> application) {

  private static final String NO_APPLICATION = "default";

  /// Makes the authenticator of an account without reading its token yet; empty if calls need none.
  interface AuthenticatorFactory {
    Optional<RequestAuthenticator> create(String account, HttpTransport transport, ApiClock clock);
  }

  private static AuthenticationSetup withoutTokens(
      String applicationId, AuthenticatorFactory factory) {
    return new AuthenticationSetup(applicationId, factory, Optional.empty());
  }

  /// The application whose budget the accounts share.
  static String applicationId(ApiDescription api, SourceSettings settings) {
    return switch (api.authentication()) {
      case Authentication.None _, Authentication.ApiKey _ -> NO_APPLICATION;
      case Authentication.ClientCredentials _, Authentication.Oauth2RefreshToken _ ->
          settings.clientId();
    };
  }

  /// The setup for a source.
  ///
  /// @param sleeper waits for another run, or for a token store that is unavailable
  static AuthenticationSetup of(
      ApiDescription api,
      SourceSettings settings,
      @Nullable String oauthUrl,
      @Nullable Given tokens,
      Sleeper sleeper) {
    return switch (api.authentication()) {
      case Authentication.None() ->
          withoutTokens(NO_APPLICATION, (account, transport, clock) -> Optional.empty());
      case Authentication.ApiKey(String header) -> {
        ApiKeyAuthenticator apiKey =
            new ApiKeyAuthenticator(
                header, settings.secret("api_key"), Settings.variableOf(api.source() + "_api_key"));
        yield withoutTokens(NO_APPLICATION, (account, transport, clock) -> Optional.of(apiKey));
      }
      case Authentication.ClientCredentials(String _, List<String> scopes) -> {
        String clientId = settings.clientId();
        Secret secret = settings.secret("client_secret");
        URI url = settings.oauthUrl(oauthUrl);
        yield withoutTokens(
            clientId,
            (account, transport, clock) ->
                Optional.of(
                    new ClientCredentialsAuthenticator(
                        transport, url, clientId, secret, scopes, clock)));
      }
      case Authentication.Oauth2RefreshToken oauth -> {
        Application application = settings.application(oauth, oauthUrl, tokens);
        yield new AuthenticationSetup(
            application.clientId(),
            (account, transport, clock) ->
                Optional.of(application.authenticator(account, transport, clock, sleeper)),
            Optional.of(application));
      }
    };
  }
}
