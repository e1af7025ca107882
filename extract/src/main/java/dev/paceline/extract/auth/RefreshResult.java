package dev.paceline.extract.auth;

import java.time.Instant;

/// The outcome of a refresh that got a response.
sealed interface RefreshResult {

  /// A new token; the old one may be invalid from now on.
  record Renewed(Token token) implements RefreshResult {}

  /// The refresh token is invalid: revoked, or replaced by one that was never stored.
  ///
  /// @param message from the source
  /// @param at the source's time
  record Revoked(String message, Instant at) implements RefreshResult {}
}
