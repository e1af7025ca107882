package dev.paceline.extract.http;

/// What an attempt received: a complete response, or one whose body is unusable.
///
/// @param <T> the type that a body is read as
sealed interface Received<T> {

  /// Without its body if that was read.
  Response response();

  /// A 200 with a complete body.
  record Read<T>(Response response, T value) implements Received<T> {}

  /// A 200 whose body is not what its reader expects; it may have been damaged on its way.
  record Unreadable<T>(Response response, String reason) implements Received<T> {}

  /// A 200 whose body is larger than a body may be, and would be again.
  record TooLarge<T>(Response response, String reason) implements Received<T> {}

  /// Any other status.
  record Unread<T>(Response response) implements Received<T> {}
}
