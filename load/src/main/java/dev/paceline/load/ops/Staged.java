package dev.paceline.load.ops;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is staged of a source, as recorded in `ops.stage`.
///
/// @param lake the id of the lake that it comes from
/// @param commits by account
/// @param rows by table; tables without a row are left out
/// @param startedAt when the load began
/// @param passedAt when it passed its checks
public record Staged(
    long loadId,
    String lake,
    Map<String, CommitRange> commits,
    Map<String, Long> rows,
    Instant startedAt,
    Instant stagedAt,
    Optional<Instant> passedAt) {

  public boolean isEmpty() {
    return commits.isEmpty();
  }
}
