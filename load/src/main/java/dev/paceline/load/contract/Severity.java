package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a check that finds something does.
public enum Severity {
  /// Nothing is published.
  @JsonProperty("halt")
  HALT,
  /// It is told, and the load goes on.
  @JsonProperty("warn")
  WARN;

  /// As files and tables write it.
  public String word() {
    return this == HALT ? "halt" : "warn";
  }
}
