package dev.paceline.extract.http;

import java.time.Instant;
import java.util.Map;

/// What a call came to; whatever else can happen ends the account's run.
///
/// @param <T> what a body is read as
public sealed interface ApiResponse<T> {

  /// 200, whole and readable.
  ///
  /// @param headers by name, in any letter case
  /// @param at by the source's clock
  record Found<T>(T value, Map<String, String> headers, Instant at) implements ApiResponse<T> {}

  /// 404, 410, or what api.yaml says means the same: the source has no such thing, or no longer.
  record NotFound<T>(Instant at) implements ApiResponse<T> {}

  /// This one cannot be had, however often it is asked for, while others can: an error that stays,
  /// or a body that cannot be read.
  ///
  /// @param reason of a few words
  /// @param body as it came
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Refused<T>(int status, String reason, byte[] body, Instant at) implements ApiResponse<T> {}
}
