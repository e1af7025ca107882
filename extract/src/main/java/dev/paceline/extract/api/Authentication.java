package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// How a source wants to be signed in to.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Authentication.None.class, name = "none"),
  @JsonSubTypes.Type(value = Authentication.ApiKey.class, name = "api_key"),
  @JsonSubTypes.Type(value = Authentication.ClientCredentials.class, name = "client_credentials"),
  @JsonSubTypes.Type(value = Authentication.Oauth2RefreshToken.class, name = "oauth2_refresh_token")
})
public sealed interface Authentication {

  /// The scopes that a token is asked for with; empty where there are none to ask for.
  default List<String> requestedScopes() {
    return switch (this) {
      case None _, ApiKey _ -> List.of();
      case ClientCredentials(List<String> scopes) -> scopes;
      case Oauth2RefreshToken(Duration _, List<String> scopes) -> scopes;
    };
  }

  /// Whether it calls endpoints below `oauth_url`.
  default boolean isOauth() {
    return switch (this) {
      case None _, ApiKey _ -> false;
      case ClientCredentials _, Oauth2RefreshToken _ -> true;
    };
  }

  /// Not at all.
  record None() implements Authentication {}

  /// A key that stays what it is: the setting `api_key` of the source.
  ///
  /// @param header that carries it; never the address, which ends in logs
  record ApiKey(String header) implements Authentication {
    public ApiKey {
      require(header, "header");
    }
  }

  /// OAuth2 client credentials (RFC 6749, section 4.4): the application signs in for itself, at
  /// `/token` below `oauth_url`.
  ///
  /// @param scopes what it asks for; empty for what it is given by default
  record ClientCredentials(List<String> scopes) implements Authentication {
    public ClientCredentials {
      scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
    }
  }

  /// OAuth2 with a person's consent: the authorization code (RFC 6749, section 4.1), asked for at
  /// `/authorize` below `oauth_url`, brings a refresh token, which renews a bearer token at
  /// `/token`. The refresh token itself may change each time.
  ///
  /// @param refreshMargin a token with less life than this is renewed before it is used
  /// @param scopes what the person is asked for
  record Oauth2RefreshToken(Duration refreshMargin, List<String> scopes) implements Authentication {
    public Oauth2RefreshToken {
      require(refreshMargin, "refresh_margin");
      scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
    }
  }
}
