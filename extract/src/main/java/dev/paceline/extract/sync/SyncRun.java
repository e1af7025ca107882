package dev.paceline.extract.sync;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.lake.cli.Progress;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.Orchestrator;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.RunId;
import dev.paceline.lake.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/// One run: what all of its accounts share.
///
/// @param lock held for as long as the run goes on
/// @param date the run's `ds`
/// @param clock the source's
/// @param stop asked between two calls
/// @param acceptShrink whether a listing is believed that lacks much of what is known
/// @param limits when a run commits what it has
public record SyncRun(
    RunId id,
    @Nullable Orchestrator orchestrator,
    ApiDescription api,
    ObjectStore store,
    LakeLock lock,
    RunDate date,
    ApiClock clock,
    StopSignal stop,
    Progress progress,
    boolean acceptShrink,
    CommitLimits limits) {

  /// Throws (exit 75) where the run was asked to stop, or has lost its lock.
  void ensureGoesOn(String account) {
    if (stop.isRequested()) {
      throw Failure.tryAgain(
          "Reading the account " + account,
          "the run was asked to stop",
          "run the same command again: what was committed stays",
          clock.now());
    }
    lock.ensureHeld();
  }

  Origin origin(String account) {
    return new Origin(api.source(), account, id.value(), orchestrator, api.version());
  }
}
