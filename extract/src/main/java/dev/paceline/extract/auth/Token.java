package dev.paceline.extract.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account's token as it is kept.
///
/// @param accessToken absent before the first refresh
/// @param expiresAt when the access token ends, in epoch seconds of the source's clock
/// @param refreshToken buys the next access token; it may change at any refresh
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // a file may hold the whole answer of a token endpoint
public record Token(@Nullable String accessToken, @Nullable Long expiresAt, String refreshToken) {

  /// The access token's text where it lives for longer than `margin` from `now` on.
  public @Nullable String usableAt(Instant now, Duration margin) {
    return expiresAt != null && Instant.ofEpochSecond(expiresAt).isAfter(now.plus(margin))
        ? accessToken
        : null;
  }

  @Override
  public String toString() {
    return "Token[***]";
  }
}
