package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a table is written.
public enum Mode {
  /// One row a key: the last record wins.
  @JsonProperty("merge")
  MERGE,
  /// One row a key and version, from `_valid_from` on; a version equal to the one before is
  /// dropped.
  @JsonProperty("history")
  HISTORY
}
