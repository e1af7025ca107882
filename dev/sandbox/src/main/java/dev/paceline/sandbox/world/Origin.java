package dev.paceline.sandbox.world;

import org.jspecify.annotations.Nullable;

/// The data set that the edits in a state file belong to. Dates are ISO dates; everything but kind
/// and seed is null for recorded athletes.
public record Origin(
    String kind,
    long seed,
    @Nullable String since,
    @Nullable String started,
    @Nullable Integer activities) {
  public static final String SIMULATED = "simulated";
  public static final String RECORDED = "recorded";
}
