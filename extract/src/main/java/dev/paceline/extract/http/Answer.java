package dev.paceline.extract.http;

import java.time.Instant;

/// What a call came to; whatever else can happen ends the account's run.
public sealed interface Answer {

  /// 200, whole.
  ///
  /// @param at by the source's clock
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(byte[] body, Instant at) implements Answer {}

  /// 404: the source has no such thing, or no longer.
  record Missing(Instant at) implements Answer {}
}
