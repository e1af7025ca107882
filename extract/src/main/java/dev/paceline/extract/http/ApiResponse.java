package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

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

  /// The source denies this token the object (401 or 403). The status does not say how much else it
  /// denies: only other calls show that.
  ///
  /// @param reason in a few words
  /// @param body its first 64 KiB, as received
  /// @param lacksScope whether the source says that the token lacks a scope
  /// @param failure of the account (exit 77), if it turns out to be denied everything
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Denied<T>(
      int status, String reason, byte[] body, Instant at, boolean lacksScope, Failure failure)
      implements ApiResponse<T> {}

  /// The same outcome with another value, if it has one.
  default <U> ApiResponse<U> map(Function<T, U> change) {
    return switch (this) {
      case Found<T>(T value, Map<String, String> headers, Instant at) ->
          new Found<>(change.apply(value), headers, at);
      case NotFound<T>(Instant at) -> new NotFound<>(at);
      case Refused<T>(int status, String reason, byte[] body, Instant at) ->
          new Refused<>(status, reason, body, at);
      case Denied<T>(
              int status,
              String reason,
              byte[] body,
              Instant at,
              boolean lacksScope,
              Failure failure) ->
          new Denied<>(status, reason, body, at, lacksScope, failure);
    };
  }
}
