package dev.paceline.extract.http;

import java.io.IOException;

/// Reads the body of an answer.
///
/// @param <T> as what
@FunctionalInterface
public interface BodyReader<T> {

  /// Reads a whole body.
  ///
  /// @throws IOException where it is cut or no JSON: the call is worth another try
  T read(byte[] body) throws IOException;
}
