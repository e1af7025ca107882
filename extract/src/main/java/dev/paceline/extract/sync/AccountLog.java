package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Envelope;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes, counts and commits what was read of an account. The commit comes before the state: if a
/// commit fails, the stored state stays as it was, and the next run repeats the work.
final class AccountLog implements RejectLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccountLog.class);

  private final String account;
  private final CommitWriter writer;
  private final AccountState state;
  private final StateStore stateStore;
  private final Run run;
  private final LakeLock lock;
  private final LongSupplier calls;
  private final RecordCounters counters = new RecordCounters();
  private final Set<String> complete = new LinkedHashSet<>();

  private long callsCommitted;
  private boolean broken;

  /// The log of one account.
  ///
  /// @param lock held by this run
  /// @param calls how many calls the account's run has made
  AccountLog(
      String account,
      CommitWriter writer,
      AccountState state,
      StateStore stateStore,
      Run run,
      LakeLock lock,
      LongSupplier calls) {
    this.account = account;
    this.writer = writer;
    this.state = state;
    this.stateStore = stateStore;
    this.run = run;
    this.lock = lock;
    this.calls = calls;
  }

  void upsert(String stream, String key, Instant at, byte[] data) {
    commitIfContained(stream, key);
    writer.upsert(stream, key, at, data);
    counters.upserted(stream);
  }

  void delete(String stream, String key, Instant at) {
    commitIfContained(stream, key);
    writer.delete(stream, key, at);
    counters.deleted(stream);
  }

  /// Counts a record that the lake already has.
  void unchanged(String stream) {
    counters.unchanged(stream);
  }

  @Override
  public void reject(String stream, String key, Instant at, Reject reject) {
    LOG.warn(
        "{}: {} {} cannot be read ({}); continuing with the others.",
        account,
        stream,
        key,
        reject.reason());
    String named = withStream(stream, key);
    commitIfContained(Envelope.REJECTED, named);
    writer.reject(named, at, reject);
    counters.rejected(stream);
  }

  /// The name of the stream, then the record's key.
  private static String withStream(String stream, String key) {
    ArrayNode named = JsonNodeFactory.instance.arrayNode().add(stream);
    return named.addAll((ArrayNode) PathTemplate.parseKey(key)).toString();
  }

  /// A commit contains a key only once: a second change in a run goes into the next commit.
  private void commitIfContained(String stream, String key) {
    if (writer.contains(stream, key)) {
      commit();
    }
  }

  /// Notes that a stream was listed to the end.
  void completed(String stream) {
    complete.add(stream);
  }

  /// What was written, and found unchanged.
  RecordCounters counters() {
    return counters;
  }

  /// Bytes written since the last commit, before compression.
  long gathered() {
    return writer.uncompressedBytes();
  }

  /// Whether a commit has failed; nothing more is written then.
  boolean isBroken() {
    return broken;
  }

  /// Commits what was written since the last commit, then stores the state. Does nothing after a
  /// commit that failed.
  void commit() {
    if (broken) {
      return;
    }
    lock.ensureHeld();
    broken = true; // until all of it has succeeded
    Instant now = run.clock().now();
    if (!writer.isEmpty()) {
      long spent = calls.getAsLong();
      Commit commit =
          writer.commit(run.date().at(now), now, spent - callsCommitted, List.copyOf(complete));
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
