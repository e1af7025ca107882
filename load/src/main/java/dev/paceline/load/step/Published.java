package dev.paceline.load.step;

import java.time.Instant;
import java.util.Map;

/// A load that succeeded, as `ops.loads` has it.
///
/// @param commits by account; none where nothing was new
/// @param tables by table; none where nothing was new
public record Published(
    long loadId,
    Instant finishedAt,
    Map<String, CommitRange> commits,
    Map<String, TableChanges> tables) {}
