package dev.paceline.load.step;

import dev.paceline.load.ops.Staged;
import java.util.Map;

/// The result of staging.
///
/// @param drift by table, the members without a column and how often they were seen
/// @param skipped by stream without a table, the number of its lines
public record StageResult(
    Staged staged, Map<String, Map<String, Long>> drift, Map<String, Long> skipped) {}
