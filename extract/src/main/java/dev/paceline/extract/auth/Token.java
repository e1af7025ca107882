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

/// An account's token as it is kept. A store may also hold the whole answer of a token endpoint:
/// what is not here is left out when the token is next renewed.
///
/// @param accessToken absent before the first refresh
/// @param expiresAt when the access token ends, in epoch seconds of the source's clock
/// @param refreshToken buys the next access token; it may change at any refresh
/// @param scope what was granted; absent where nobody noted it
/// @param athlete whose data it opens; absent where nobody noted it
/// @param revokedAt when a refresh was refused for good, by the source's clock
/// @param revokedToken the SHA-256 of the refresh token that was refused: with another one, put
///   there by hand, the mark means nothing
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

  /// A person, by the source's id and nothing else.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Athlete(String id) {}

  /// One that only knows how to be renewed.
  static Token ofRefreshToken(String refreshToken) {
    return new Token(null, null, refreshToken, null, null, null, null);
  }

  /// The access token's text where it lives for longer than `margin` from `now` on.
  public @Nullable String usableAt(Instant now, Duration margin) {
    return end().filter(end -> end.isAfter(now.plus(margin))).isPresent() ? accessToken : null;
  }

  /// When the access token ends.
  public Optional<Instant> end() {
    return Optional.ofNullable(expiresAt).map(Instant::ofEpochSecond);
  }

  public Optional<Scopes> scopes() {
    return Optional.ofNullable(scope).map(Scopes::parse);
  }

  public Optional<String> athleteId() {
    return Optional.ofNullable(athlete).map(Athlete::id);
  }

  /// When this very refresh token was refused for good; empty while it may live.
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedAt).filter(at -> sha256(refreshToken).equals(revokedToken));
  }

  /// Whether it is renewed with the same refresh token as another one.
  boolean hasSameRefreshToken(Token other) {
    return refreshToken.equals(other.refreshToken);
  }

  Token revoked(Instant at) {
    return new Token(
        accessToken, expiresAt, refreshToken, scope, athlete, at, sha256(refreshToken));
  }

  /// With what was granted, as the source wrote it.
  public Token granted(Scopes scopes) {
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
