package dev.paceline.extract.sync;

import java.time.Instant;

/// Records of an account that are read again, least recently read first, for edits that no listing
/// shows.
final class Verification {

  private final Run run;
  private FetchQueue queue = FetchQueue.empty();
  private long calls;
  private long changes;

  Verification(Run run) {
    this.run = run;
  }

  /// Chooses the records of this run.
  ///
  /// @param before only records that were last read before this moment
  void prepare(AccountState state, Instant before) {
    Instant now = run.clock().now();
    queue = FetchQueue.forVerification(run.plan(), state, before, now, run.choices().verifyCalls());
  }

  /// The records that are still to be read.
  FetchQueue queue() {
    return queue;
  }

  /// Notes that one was read.
  void read(boolean changed) {
    calls++;
    changes += changed ? 1 : 0;
  }

  VerifyReport report(AccountState state) {
    long inTurn =
        FetchQueue.forVerification(run.plan(), state, Instant.MAX, Instant.MAX, Integer.MAX_VALUE)
            .size();
    int perRun = run.choices().verifyCalls();
    long days = perRun == 0 ? 0 : Math.ceilDiv(inTurn, perRun);
    return new VerifyReport(calls, changes, inTurn, days);
  }
}
