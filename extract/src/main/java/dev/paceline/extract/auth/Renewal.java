package dev.paceline.extract.auth;

import java.time.Instant;

/// What a refresh came to that was answered.
sealed interface Renewal {

  /// The old token may be dead from now on.
  record Renewed(Token token) implements Renewal {}

  /// The refresh token is dead: revoked, or replaced by one that was never stored.
  ///
  /// @param said by the source
  /// @param at by the source's clock
  record Revoked(String said, Instant at) implements Renewal {}
}
