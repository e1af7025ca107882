package dev.paceline.extract.sync;

import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.run.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is new of an account, and commits in good time: a kill costs at most a
/// [CommitLimits]. First the commit, then the state.
final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final String account;
  private final CommitWriter writer;
  private final AccountState state;
  private final StateKeeper keeper;
  private final SyncRun run;
  private final LongSupplier calls;
  private final Tally tally;

  private final Map<String, Map<String, Optional<String>>> pending = new HashMap<>();
  private long callsCommitted;
  private long lastNanos = System.nanoTime();

  /// A committer of one account.
  ///
  /// @param calls how many calls the account's run has made
  Committer(
      String account,
      CommitWriter writer,
      AccountState state,
      StateKeeper keeper,
      SyncRun run,
      LongSupplier calls,
      Tally tally) {
    this.account = account;
    this.writer = writer;
    this.state = state;
    this.keeper = keeper;
    this.run = run;
    this.calls = calls;
    this.tally = tally;
  }

  /// The hash of a record as of the last writing; null where it is not known or gone.
  @Nullable String hash(String stream, String key) {
    Optional<String> written = pending.getOrDefault(stream, Map.of()).get(key);
    return written == null ? state.hash(stream, key) : written.orElse(null);
  }

  void upsert(String stream, String key, String hash, Instant at, byte[] data) {
    makeRoom(stream, key);
    writer.upsert(stream, key, at, data);
    note(stream, key, Optional.of(hash));
  }

  void delete(String stream, String key, Instant at) {
    makeRoom(stream, key);
    writer.delete(stream, key, at);
    note(stream, key, Optional.empty());
  }

  /// A key stands once in a commit: what changes again during a run waits for the next.
  private void makeRoom(String stream, String key) {
    if (writer.contains(stream, key)) {
      commit(List.of());
    }
  }

  private void note(String stream, String key, Optional<String> hash) {
    pending.computeIfAbsent(stream, any -> new HashMap<>()).put(key, hash);
  }

  /// Commits where it is time to.
  void commitIfDue() {
    boolean due =
        run.limits()
            .reached(
                calls.getAsLong() - callsCommitted,
                writer.uncompressedBytes(),
                Duration.ofNanos(System.nanoTime() - lastNanos));
    if (due) {
      commit(List.of());
    }
  }

  /// Commits what was written since the last commit; nothing where nothing was.
  ///
  /// @param complete the streams of which this run has a complete listing
  void commit(List<String> complete) {
    if (writer.isEmpty()) {
      return;
    }
    run.lock().ensureHeld();
    Instant now = run.clock().now();
    Commit commit = write(now, complete);
    tally.committed(commit.number());
    callsCommitted = calls.getAsLong();
    lastNanos = System.nanoTime();
    LOG.info("{}: commit {} holds {} records.", account, commit.number(), commit.rows());
    ensureNobodyCameBetween(commit, now);
    pending.forEach(
        (stream, keys) -> keys.forEach((key, hash) -> state.note(stream, key, hash.orElse(null))));
    pending.clear();
    state.reached(commit.number());
    keeper.store(state, now);
  }

  private Commit write(Instant now, List<String> complete) {
    try {
      return writer.commit(run.date().at(now), now, calls.getAsLong() - callsCommitted, complete);
    } catch (Failure failed) {
      if (writer.isEmpty()) {
        pending.clear(); // dropped with its records: the state must not learn of them
      }
      throw failed;
    }
  }

  /// A commit of another run that this one has not read may say otherwise of the same keys. The
  /// state is left where it is; the next run brings it up to the log.
  private void ensureNobodyCameBetween(Commit commit, Instant now) {
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
