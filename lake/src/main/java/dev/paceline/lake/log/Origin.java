package dev.paceline.lake.log;

import org.jspecify.annotations.Nullable;

/// Where the records of a commit come from: what all commits of one run and account share.
///
/// @param api the version of the source's `api.yaml`
public record Origin(
    String source, String account, String run, @Nullable Orchestrator orchestrator, String api) {}
