package dev.paceline.load.ops;

import java.time.Instant;
import java.util.Map;

/// A load that succeeded, as recorded in `ops.loads`.
///
/// @param commits by account; empty if nothing was new
/// @param tables by table; empty if nothing was new
public record Published(
    long loadId,
    Instant finishedAt,
    Map<String, CommitRange> commits,
    Map<String, TableChanges> tables) {}
