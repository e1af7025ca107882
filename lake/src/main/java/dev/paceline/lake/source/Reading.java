package dev.paceline.lake.source;

import java.util.List;

/// What reading a file came to.
public sealed interface Reading<T> {

  /// It says what it may say.
  record Sound<T>(T value) implements Reading<T> {}

  /// It does not.
  ///
  /// @param mistakes in the order of their lines; never empty
  record Unsound<T>(List<Mistake> mistakes) implements Reading<T> {}
}
