package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a table is written.
public enum Mode {
  /// One row per key: the last record wins.
  @JsonProperty("merge")
  MERGE,
  /// One row per key and version, valid from `_valid_from`; a version equal to the one before is
  /// dropped.
  @JsonProperty("history")
  HISTORY
}
