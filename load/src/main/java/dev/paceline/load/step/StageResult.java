package dev.paceline.load.step;

import java.util.Map;

/// What staging came to.
///
/// @param drift by table, the members that no column takes and how often they were seen
/// @param skipped lines by stream that has no table
public record StageResult(
    Staged staged, Map<String, Map<String, Long>> drift, Map<String, Long> skipped) {}
