package dev.paceline.sandbox.world;

import org.jspecify.annotations.Nullable;

/// What a state file's edits belong to. Dates are ISO days; the two last are null for recorded
/// athletes.
public record Origin(
    String kind,
    long seed,
    @Nullable String since,
    @Nullable String started,
    @Nullable Integer activities) {
  public static final String SIMULATED = "simulated";
  public static final String RECORDED = "recorded";
}
