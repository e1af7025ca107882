package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.log.Envelope;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.PartReader;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores an account's state in the lake by compare-and-swap, and brings a state that lags, is
/// missing or is unreadable up to the log.
final class StateStore {

  private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

  private final ObjectStore store;
  private final ApiDescription api;
  private final String key;
  private final String account;
  private final CommitLog log;
  private @Nullable String etag;

  StateStore(ObjectStore store, ApiDescription api, String account) {
    this.store = store;
    this.api = api;
    this.key = LakeLayout.state(api.source(), account);
    this.account = account;
    this.log = new CommitLog(store, api.source(), account);
  }

  /// Reads the state and brings it up to the log.
  AccountState open() {
    Optional<StoredObject> stored = store.read(key);
    etag = stored.map(StoredObject::etag).orElse(null);
    AccountState state = stored.map(this::parse).orElseGet(this::empty);
    if (!log.has(state.commit())) {
      LOG.warn(
          "{} includes commit {}, which is not in the log; rebuilding it.", key, state.commit());
      state = empty();
    }
    List<Commit> missed = log.after(state.commit());
    if (!missed.isEmpty()) {
      LOG.info("{}: {} commits are newer than its state; reading them.", account, missed.size());
    }
    for (Commit commit : missed) {
      replay(commit, state);
      state.advanceTo(commit.number());
    }
    return state;
  }

  private AccountState parse(StoredObject stored) {
    try {
      return AccountState.parse(stored.body(), api.version());
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be used ({}); rebuilding it from the log.", key, unreadable.toString());
      return empty();
    }
  }

  private AccountState empty() {
    return AccountState.empty(api.version());
  }

  private void replay(Commit commit, AccountState state) {
    Plan all = Plan.ofAll(api);
    StateReplay replay = new StateReplay(all, state);
    for (Part part : commit.parts()) {
      for (StreamDescription stream : all.streams()) {
        if (part.stream().equals(stream.name())) {
          replay(part, line -> replay.record(stream, line));
        }
      }
    }
    // Last: a record that requests another one also forgets why that could not be read.
    for (Part part : commit.parts()) {
      if (part.stream().equals(Envelope.REJECTED)) {
        replay(part, replay::reject);
      }
    }
  }

  @FunctionalInterface
  private interface LineReplay {
    void apply(JsonSlice line) throws MalformedLine;
  }

  private void replay(Part part, LineReplay replay) {
    try (PartReader reader = PartReader.open(store, part)) {
      try {
        LineReader lines = new LineReader(reader.stream());
        Optional<JsonSlice> line = lines.next();
        while (line.isPresent()) {
          replay.apply(line.get());
          line = lines.next();
        }
      } catch (MalformedLine malformed) {
        throw unusable(part, malformed);
      } catch (IOException broken) {
        throw reader.unreadable(broken);
      }
      reader.verify();
    }
  }

  private Failure unusable(Part part, MalformedLine malformed) {
    return new Failure(
        Exit.UNUSABLE,
        "Reading " + store.address(part.key()),
        "one of its lines is not a record (%s)".formatted(malformed.getMessage()),
        "restore the object from a backup or an older version",
        malformed);
  }

  /// Stores the state; it must not lead the log.
  void store(AccountState state, Instant now) {
    byte[] body = state.bytes();
    Put put = etag == null ? store.putIfAbsent(key, body) : store.putIfMatch(key, body, etag);
    etag = put instanceof Put.Stored(String next) ? next : etagIfStored(body);
    if (etag == null) {
      throw Failure.tryAgain(
          "Writing " + store.address(key),
          "another run has changed it",
          "run the same command again: what was committed stays",
          now);
    }
  }

  /// If the response to a write is lost, the repeated request is refused although the first one
  /// succeeded.
  private @Nullable String etagIfStored(byte[] body) {
    return store
        .read(key)
        .filter(there -> Arrays.equals(there.body(), body))
        .map(StoredObject::etag)
        .orElse(null);
  }
}
