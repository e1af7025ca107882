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

/// What all accounts of a run share.
///
/// @param plan what it reads
/// @param lock held during the whole run
/// @param date the run's `ds`
/// @param clock the source's time
/// @param budget the application's call budget
/// @param application the state that the application keeps from run to run
/// @param waitPolicy what to do when the budget is spent
/// @param stop checked between two calls
/// @param choices the options of the command
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

  /// Options of the command.
  ///
  /// @param acceptShrink whether to accept a listing that lacks many of the known records
  /// @param verifyCalls how many records per account to read again for edits that no listing shows
  public record Choices(boolean acceptShrink, int verifyCalls) {}

  /// Throws (exit 75) if the run was asked to stop, or has lost its lock.
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
