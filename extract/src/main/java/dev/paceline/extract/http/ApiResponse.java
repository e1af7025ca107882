package dev.paceline.extract.http;

import java.time.Instant;
import java.util.Map;

/// The outcome of a call. Every other outcome ends the account's run.
///
/// @param <T> the type that a body is read as
public sealed interface ApiResponse<T> {

  /// 200 with a complete, readable body.
  ///
  /// @param headers by name, in any letter case
  /// @param at the source's time
  record Found<T>(T value, Map<String, String> headers, Instant at) implements ApiResponse<T> {}

  /// 404, 410, or an error that api.yaml defines as absent: the source does not have the object, or
  /// no longer has it.
  record NotFound<T>(Instant at) implements ApiResponse<T> {}

  /// This object cannot be read however often it is requested, though others can: a permanent
  /// error, or an unreadable body.
  ///
  /// @param reason in a few words
  /// @param body its first 64 KiB, as received
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Refused<T>(int status, String reason, byte[] body, Instant at) implements ApiResponse<T> {}
}
