package dev.paceline.cli.source;

import java.util.List;

/// The result of reading a file.
public sealed interface ParseResult<T> {

  /// The file is valid.
  record Valid<T>(T value) implements ParseResult<T> {}

  /// The file is invalid.
  ///
  /// @param diagnostics in the order of their lines; never empty
  record Invalid<T>(List<Diagnostic> diagnostics) implements ParseResult<T> {}
}
