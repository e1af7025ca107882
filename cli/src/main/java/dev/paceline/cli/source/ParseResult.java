package dev.paceline.cli.source;

import java.util.List;

/// What reading a file came to.
public sealed interface ParseResult<T> {

  /// It says what it may say.
  record Valid<T>(T value) implements ParseResult<T> {}

  /// It does not.
  ///
  /// @param mistakes in the order of their lines; never empty
  record Invalid<T>(List<Diagnostic> mistakes) implements ParseResult<T> {}
}
