package dev.paceline.cli.source;

import java.util.Comparator;

/// Something wrong in a file, and where.
///
/// @param line from 1
/// @param column from 1
/// @param path e.g. `streams[3].pagination.size`; empty for the whole file
/// @param what e.g. `must be at least 2`; in lower case, without a full stop
public record Diagnostic(int line, int column, String path, String what) {

  static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column);

  @Override
  public String toString() {
    return "line %d, column %d: %s%s"
        .formatted(line, column, path.isEmpty() ? "" : path + ": ", what);
  }
}
