package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paceline.cli.source.Finding;
import dev.paceline.cli.source.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// How a source authenticates its callers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Authentication.None.class, name = "none"),
  @JsonSubTypes.Type(value = Authentication.ApiKey.class, name = "api_key"),
  @JsonSubTypes.Type(value = Authentication.ClientCredentials.class, name = "client_credentials"),
  @JsonSubTypes.Type(value = Authentication.Oauth2RefreshToken.class, name = "oauth2_refresh_token")
})
public sealed interface Authentication {

  /// The scopes to request for a token; empty if there are none.
  default List<String> requestedScopes() {
    return switch (this) {
      case None _, ApiKey _ -> List.of();
      case ClientCredentials credentials -> credentials.scopes();
      case Oauth2RefreshToken oauth -> oauth.scopes();
    };
  }

  /// The regular expression that matches every client id; empty if the source has none, or api.yaml
  /// does not say what they look like.
  default Optional<String> clientIds() {
    return switch (this) {
      case None _, ApiKey _ -> Optional.empty();
      case ClientCredentials credentials -> Optional.ofNullable(credentials.clientId());
      case Oauth2RefreshToken oauth -> Optional.ofNullable(oauth.clientId());
    };
  }

  /// Whether it uses endpoints below `oauth_url`.
  default boolean isOauth() {
    return switch (this) {
      case None _, ApiKey _ -> false;
      case ClientCredentials _, Oauth2RefreshToken _ -> true;
    };
  }

  /// No authentication.
  record None() implements Authentication {}

  /// A fixed key, the setting `api_key` of the source.
  ///
  /// @param header the header that carries it; never the address, which ends up in logs
  record ApiKey(String header) implements Authentication {
    public ApiKey {
      require(header, "header");
    }
  }

  /// OAuth2 client credentials (RFC 6749, section 4.4): the application authenticates itself, at
  /// `/token` below `oauth_url`.
  ///
  /// @param clientId a regular expression that matches every client id; absent if unknown
  /// @param scopes the scopes to request; empty for the default ones
  record ClientCredentials(@Nullable String clientId, List<String> scopes)
      implements Authentication {
    public ClientCredentials {
      requireRegex(clientId);
      scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
    }
  }

  /// OAuth2 with the user's consent: the authorization code (RFC 6749, section 4.1), requested at
  /// `/authorize` below `oauth_url`, is exchanged for a refresh token, which renews a bearer token
  /// at `/token`. The refresh token itself may change each time.
  ///
  /// @param refreshMargin a token that expires sooner than this is renewed before it is used
  /// @param clientId a regular expression that matches every client id; absent if unknown
  /// @param scopes the scopes that the user is asked for
  record Oauth2RefreshToken(Duration refreshMargin, @Nullable String clientId, List<String> scopes)
      implements Authentication {
    public Oauth2RefreshToken {
      requireRegex(clientId);
      require(refreshMargin, "refresh_margin");
      scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
    }
  }

  private static void requireRegex(@Nullable String pattern) {
    try {
      Pattern.compile(Objects.requireNonNullElse(pattern, ""));
    } catch (PatternSyntaxException malformed) {
      throw new ValidationException(
          List.of(Finding.at("/client_id", "this is not a regular expression")));
    }
  }
}
