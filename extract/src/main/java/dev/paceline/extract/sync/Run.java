package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiClock;

/// What all accounts of a run share.
///
/// @param plan what it reads
/// @param date the run's `ds`
/// @param clock the source's time
/// @param stop checked between two calls
/// @param choices the options of the command
public record Run(Plan plan, RunDate date, ApiClock clock, StopSignal stop, Choices choices) {

  /// Options of the command.
  ///
  /// @param acceptShrink whether to accept a listing that lacks many of the known records
  /// @param verifyCalls how many records per account to read again for edits that no listing shows
  public record Choices(boolean acceptShrink, int verifyCalls) {}

  /// Throws (exit 75) if the run was asked to stop.
  void ensureNotStopped(String account) {
    if (stop.isRequested()) {
      throw Failure.tryAgain(
          "Reading the account " + account,
          "the run was asked to stop",
          "run the same command again: what was committed stays",
          clock.now());
    }
  }
}
