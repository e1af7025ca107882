package dev.paceline.extract.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.paceline.extract.api.Scopes;
import dev.paceline.lake.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An account's token as it is stored. A store may also hold the complete response of a token
/// endpoint; its other members are dropped when the token is next renewed.
///
/// @param accessToken absent before the first refresh
/// @param expiresAt when the access token expires, in epoch seconds by the source's clock
/// @param refreshToken renews the access token; may change at any refresh
/// @param scope the granted scopes; absent if unknown
/// @param athlete the athlete whose data it gives access to; absent if unknown
/// @param revokedAt when a refresh was refused permanently, by the source's clock
/// @param revokedToken the SHA-256 of the refused refresh token: if the token is replaced by hand,
///   the mark no longer applies
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Token(
    @Nullable String accessToken,
    @Nullable Long expiresAt,
    String refreshToken,
    @Nullable String scope,
    @Nullable Athlete athlete,
    @Nullable Instant revokedAt,
    @Nullable String revokedToken) {

  /// An athlete, by the source's id only.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Athlete(String id) {}

  /// A token that has to be renewed before its first use.
  static Token ofRefreshToken(String refreshToken) {
    return new Token(null, null, refreshToken, null, null, null, null);
  }

  /// The access token if it is valid for longer than `margin` from `now`.
  public @Nullable String usableAt(Instant now, Duration margin) {
    return expiry().filter(expiry -> expiry.isAfter(now.plus(margin))).isPresent()
        ? accessToken
        : null;
  }

  /// When the access token expires, or the first or last moment that can be represented.
  public Optional<Instant> expiry() {
    return Optional.ofNullable(expiresAt)
        .map(second ->
            Math.clamp(second, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()))
        .map(Instant::ofEpochSecond);
  }

  public Optional<Scopes> scopes() {
    return Optional.ofNullable(scope).map(Scopes::parse);
  }

  public Optional<String> athleteId() {
    return Optional.ofNullable(athlete).map(Athlete::id);
  }

  /// When this refresh token was refused permanently; empty if it was not.
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedAt).filter(at -> sha256(refreshToken).equals(revokedToken));
  }

  /// Whether this token has the same refresh token as another.
  boolean hasSameRefreshToken(Token other) {
    return refreshToken.equals(other.refreshToken);
  }

  Token revoked(Instant at) {
    return new Token(
        accessToken, expiresAt, refreshToken, scope, athlete, at, sha256(refreshToken));
  }

  /// The same token with the granted scopes.
  public Token withScopes(Scopes scopes) {
    return new Token(
        accessToken, expiresAt, refreshToken, scopes.toString(), athlete, revokedAt, revokedToken);
  }

  private static String sha256(String token) {
    return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Token[***]";
  }
}
