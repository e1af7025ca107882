package dev.paceline.extract.http;

import java.io.IOException;
import java.io.InputStream;

/// Reads the body of a 200 while it arrives. It is called for each attempt of a call, so what an
/// earlier attempt read must not count.
///
/// @param <T> the type it is read as
@FunctionalInterface
public interface BodyReader<T> {

  /// Reads a body; what it leaves unread is skipped. The stream can only be used until this
  /// returns.
  ///
  /// @throws IOException if the body is not what was expected, e.g. not valid JSON: the call is
  ///   retried, as it is if the body ends early
  T read(InputStream body) throws IOException;
}
