package dev.paceline.load.step;

import java.util.Map;

/// What was copied into stage tables.
///
/// @param rows by table; tables without a row are left out
/// @param drift by table, the members without a column and how often they were seen; tables without
///   any are left out
/// @param skipped by stream without a table, the number of its lines
record Copied(
    Map<String, Long> rows, Map<String, Map<String, Long>> drift, Map<String, Long> skipped) {

  static final Copied NOTHING = new Copied(Map.of(), Map.of(), Map.of());
}
