package dev.paceline.load.rows;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The members of a table's records that have no column, and how often they were seen. Beyond a
/// hundred names, the others are counted together: some sources put data into names.
final class Drift {

  private static final int MAX_NAMES = 100;
  private static final String OTHERS = "…";

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String path) {
    boolean listed = counts.containsKey(path) || counts.size() < MAX_NAMES;
    counts.merge(listed ? path : OTHERS, 1L, Long::sum);
  }

  /// Counts by dotted path, in order of the paths.
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
