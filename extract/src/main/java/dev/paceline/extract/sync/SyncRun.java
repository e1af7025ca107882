package dev.paceline.extract.sync;

import dev.paceline.cli.Progress;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.RunId;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Budget;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.Orchestrator;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/// One run: what all of its accounts share.
///
/// @param plan what it reads
/// @param lock held for as long as the run goes on
/// @param date the run's `ds`
/// @param clock the source's
/// @param budget of calls, of the application
/// @param application what it keeps from run to run
/// @param waitPolicy what happens where the budget is spent
/// @param stop asked between two calls
/// @param choices what a person may choose
/// @param limits when a run commits what it has
public record SyncRun(
    RunId id,
    @Nullable Orchestrator orchestrator,
    Plan plan,
    ObjectStore store,
    LakeLock lock,
    RunDate date,
    ApiClock clock,
    Budget budget,
    ApplicationState application,
    WaitPolicy waitPolicy,
    StopSignal stop,
    Progress progress,
    Choices choices,
    CommitLimits limits) {

  /// What a person may choose.
  ///
  /// @param acceptShrink whether a listing is believed that lacks much of what is known
  /// @param verifyCalls how many records of an account are read again for edits that no listing
  ///   shows
  public record Choices(boolean acceptShrink, int verifyCalls) {}

  /// Throws (exit 75) where the run was asked to stop, or has lost its lock.
  void ensureNotStopped(String account) {
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
    return new Origin(plan.api().source(), account, id.value(), orchestrator, plan.api().version());
  }
}
