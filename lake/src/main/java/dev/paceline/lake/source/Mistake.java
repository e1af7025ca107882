package dev.paceline.lake.source;

import java.util.Comparator;

/// Something wrong in a file.
///
/// @param line from 1
/// @param column from 1
/// @param path e.g. `streams[3].pagination.size`; empty for the whole file
/// @param what e.g. `must be at least 2`; begins in lower case, no full stop
public record Mistake(int line, int column, String path, String what) {

  static final Comparator<Mistake> BY_PLACE =
      Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column);

  @Override
  public String toString() {
    return "line %d, column %d: %s%s"
        .formatted(line, column, path.isEmpty() ? "" : path + ": ", what);
  }
}
