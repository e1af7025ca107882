package dev.paceline.extract.auth;

import java.time.Instant;

/// What a refresh came to that was answered.
sealed interface RefreshResult {

  /// The old token may be dead from now on.
  record Renewed(Token token) implements RefreshResult {}

  /// The refresh token is dead: revoked, or replaced by one that was never stored.
  ///
  /// @param message by the source
  /// @param at by the source's clock
  record Revoked(String message, Instant at) implements RefreshResult {}
}
