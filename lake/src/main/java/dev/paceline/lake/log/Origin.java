package dev.paceline.lake.log;

import org.jspecify.annotations.Nullable;

/// Where the records of a commit come from: what all commits of a run and account have in common.
///
/// @param api the version of the source's `api.yaml`
public record Origin(
    String source, String account, String run, @Nullable Orchestrator orchestrator, String api) {}
