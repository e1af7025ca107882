package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens if a check finds something.
public enum Severity {
  /// Nothing is published.
  @JsonProperty("halt")
  HALT,
  /// The findings are reported, and the load continues.
  @JsonProperty("warn")
  WARN;

  /// As written in files and tables.
  public String word() {
    return this == HALT ? "halt" : "warn";
  }
}
