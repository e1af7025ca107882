package dev.paceline.load.rows;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The members of a table's records that no column takes, and how often they were seen. What is
/// beyond a hundred names is counted as one: some sources put data into names.
public final class Drift {

  private static final int MOST_NAMES = 100;
  private static final String OTHERS = "…";

  private final Map<String, Long> counts = new TreeMap<>();

  void saw(String path) {
    boolean counted = counts.containsKey(path) || counts.size() < MOST_NAMES;
    counts.merge(counted ? path : OTHERS, 1L, Long::sum);
  }

  /// Path (with dots) to count, in order of the paths.
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
