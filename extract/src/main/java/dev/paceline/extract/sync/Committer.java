package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Envelope;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes and commits the new records of an account. The commit comes before the state: if a commit
/// fails, the stored state stays as it was, and the next run repeats the work.
final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final String account;
  private final CommitWriter writer;
  private final AccountState state;
  private final StateStore stateStore;
  private final SyncRun run;
  private final LongSupplier calls;
  private final RunCounters counters;

  private long callsCommitted;
  private boolean broken;

  /// A committer of one account.
  ///
  /// @param calls how many calls the account's run has made
  Committer(
      String account,
      CommitWriter writer,
      AccountState state,
      StateStore stateStore,
      SyncRun run,
      LongSupplier calls,
      RunCounters counters) {
    this.account = account;
    this.writer = writer;
    this.state = state;
    this.stateStore = stateStore;
    this.run = run;
    this.calls = calls;
    this.counters = counters;
  }

  void upsert(String stream, String key, Instant at, byte[] data) {
    commitIfContained(stream, key);
    writer.upsert(stream, key, at, data);
  }

  void delete(String stream, String key, Instant at) {
    commitIfContained(stream, key);
    writer.delete(stream, key, at);
  }

  /// @param key the stream's name and the record's key, as a JSON array
  void reject(String key, Instant at, Reject reject) {
    commitIfContained(Envelope.REJECTED, key);
    writer.reject(key, at, reject);
  }

  /// A commit contains a key only once: a second change in a run goes into the next commit.
  private void commitIfContained(String stream, String key) {
    if (writer.contains(stream, key)) {
      commit();
    }
  }

  /// Bytes written since the last commit, before compression.
  long gathered() {
    return writer.uncompressedBytes();
  }

  /// Whether a commit has failed; nothing more is written then.
  boolean isBroken() {
    return broken;
  }

  /// Commits what was written since the last commit, then stores the state.
  void commit() {
    if (broken) {
      return;
    }
    run.lock().ensureHeld();
    broken = true; // until all of it has succeeded
    Instant now = run.clock().now();
    if (!writer.isEmpty()) {
      long spent = calls.getAsLong();
      Commit commit =
          writer.commit(run.date().at(now), now, spent - callsCommitted, counters.complete());
      counters.committed(commit.number());
      callsCommitted = spent;
      LOG.info("{}: commit {} contains {} records.", account, commit.number(), commit.rows());
      ensureNoOtherCommit(commit, now);
      state.advanceTo(commit.number());
    }
    stateStore.store(state, now);
    broken = false;
  }

  /// An unread commit of another run may contain other versions of the same records. The state
  /// stays as it is; the next run brings it up to the log.
  private void ensureNoOtherCommit(Commit commit, Instant now) {
    if (commit.number() != state.commit() + 1) {
      throw Failure.tryAgain(
          "Committing the account " + account,
          "another run has committed %d".formatted(commit.number() - 1),
          "run the same command again: what was committed stays",
          now);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
