package dev.paceline.extract.http;

import java.io.IOException;

/// Reads the body of a response.
///
/// @param <T> the type it is read as
@FunctionalInterface
public interface BodyReader<T> {

  /// Reads a whole body.
  ///
  /// @throws IOException if it is truncated or not valid JSON: the call is retried
  T read(byte[] body) throws IOException;
}
