package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/// How a source wants to be signed in to.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Authentication.None.class, name = "none"),
  @JsonSubTypes.Type(value = Authentication.Oauth2RefreshToken.class, name = "oauth2_refresh_token")
})
public sealed interface Authentication {

  /// Not at all.
  record None() implements Authentication {}

  /// A bearer token that a refresh token renews; the refresh token itself may change each time.
  ///
  /// @param refreshMargin a token with less life than this is renewed before it is used
  record Oauth2RefreshToken(Duration refreshMargin) implements Authentication {
    public Oauth2RefreshToken {
      require(refreshMargin, "refresh_margin");
    }
  }
}
