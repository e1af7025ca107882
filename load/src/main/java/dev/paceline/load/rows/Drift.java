package dev.paceline.load.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The members of a table's records that have no column, and how often they were seen. Beyond a
/// hundred names, the others are counted together: some sources put data into names.
final class Drift {

  private static final int MAX_NAMES = 100;
  private static final String OTHERS = "…";

  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> seen = new ArrayList<>();

  /// Counts a member of the current line.
  void count(String path) {
    seen.add(path);
  }

  /// Forgets the current line.
  void reset() {
    seen.clear();
  }

  /// Counts the current line in.
  void keep() {
    for (int i = 0; i < seen.size(); i++) {
      add(seen.get(i));
    }
    seen.clear();
  }

  private void add(String path) {
    boolean listed = counts.containsKey(path) || counts.size() < MAX_NAMES;
    counts.merge(listed ? path : OTHERS, 1L, Long::sum);
  }

  /// Counts by dotted path, in order of the paths.
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
