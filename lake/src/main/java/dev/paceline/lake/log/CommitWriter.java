package dev.paceline.lake.log;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects the records of one run and account, and commits them: parts first, then the one object
/// that makes them exist. What is not committed is dropped by [#close] or, after a kill, remains
/// under a key that no commit lists.
public final class CommitWriter implements AutoCloseable {

  /// The largest size of a part before compression.
  static final long PART_BYTES = 64L << 20;

  private final ObjectStore store;
  private final CommitLog log;
  private final Origin origin;
  private final long partBytes;

  private final Map<String, List<PartFile>> open = new LinkedHashMap<>();
  private final Map<String, Integer> nextPart = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private long known;
  private int sequence;

  /// Starts a run's first commit; creates nothing until a record is written.
  ///
  /// @param known the number of a commit that is known to exist, or 0
  public CommitWriter(ObjectStore store, Origin origin, long known) {
    this(store, origin, known, PART_BYTES);
  }

  CommitWriter(ObjectStore store, Origin origin, long known, long partBytes) {
    this.store = store;
    this.log = new CommitLog(store, origin.source(), origin.account());
    this.origin = origin;
    this.known = known;
    this.partBytes = partBytes;
  }

  /// Writes a record as the source has it.
  ///
  /// @param key the record's key as a JSON array; at most [RecordLimits#KEY_BYTES]
  /// @param data the record's JSON, token for token and on one line; at most
  ///   [RecordLimits#RECORD_BYTES]
  public void upsert(String stream, String key, Instant extractedAt, byte[] data) {
    write(stream, key, Envelope.upsert(origin.account(), key, extractedAt, data));
  }

  /// Writes a tombstone.
  public void delete(String stream, String key, Instant extractedAt) {
    write(stream, key, Envelope.delete(origin.account(), key, extractedAt));
  }

  /// Writes that a record could not be fetched.
  ///
  /// @param key the name of its stream and its key, as a JSON array
  public void reject(String key, Instant extractedAt, Reject reject) {
    write(Envelope.REJECTED, key, Envelope.reject(origin.account(), key, extractedAt, reject));
  }

  /// Whether this key is already in the commit being collected. A commit holds a key once: commit
  /// before writing it again.
  public boolean contains(String stream, String key) {
    return keys.contains(stream + key);
  }

  /// Whether nothing has been written since the last commit.
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// Bytes collected since the last commit, before compression.
  public long uncompressedBytes() {
    return open.values().stream().flatMap(List::stream).mapToLong(PartFile::uncompressed).sum();
  }

  private void write(String stream, String key, byte[] line) {
    if (!keys.add(stream + key)) {
      throw new IllegalStateException(
          "%s %s was written twice in one commit".formatted(stream, key));
    }
    try {
      List<PartFile> parts = open.computeIfAbsent(stream, any -> new ArrayList<>());
      if (parts.isEmpty() || parts.getLast().uncompressed() + line.length > partBytes) {
        if (!parts.isEmpty()) {
          parts.getLast().finish();
        }
        parts.add(new PartFile());
      }
      parts.getLast().write(line);
    } catch (IOException e) {
      throw noSpace(e);
    }
  }

  /// Commits what was collected.
  ///
  /// @param ds the logical date of the run
  /// @param now by the source's clock
  /// @param calls how many calls to the source these records cost
  /// @param complete the streams of which this run has a complete listing
  public Commit commit(LocalDate ds, Instant now, long calls, List<String> complete) {
    List<Part> parts = new ArrayList<>();
    try {
      for (Map.Entry<String, List<PartFile>> stream : open.entrySet()) {
        for (PartFile file : stream.getValue()) {
          parts.add(upload(stream.getKey(), file, ds));
        }
      }
      discardAll();
    } catch (IOException e) {
      throw noSpace(e);
    }
    sequence++;
    Commit commit =
        log.append(
            new Commit(
                known + 1,
                origin.source(),
                origin.account(),
                origin.run(),
                sequence,
                origin.orchestrator(),
                ds,
                now,
                origin.api(),
                calls,
                complete,
                parts),
            known);
    known = commit.number();
    return commit;
  }

  private Part upload(String stream, PartFile file, LocalDate ds) throws IOException {
    file.finish();
    int number = nextPart.merge(stream, 1, Integer::sum) - 1;
    String key =
        LakeLayout.part(origin.source(), origin.account(), stream, ds, origin.run(), number);
    store.put(key, file);
    return file.describe(stream, key);
  }

  private void discardAll() throws IOException {
    List<PartFile> files = open.values().stream().flatMap(List::stream).toList();
    open.clear();
    keys.clear();
    IOException failure = null;
    for (PartFile file : files) {
      try {
        file.discard();
      } catch (IOException e) {
        failure = e; // the others are discarded first
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      discardAll();
    } catch (IOException e) {
      throw noSpace(e);
    }
  }

  private static Failure noSpace(IOException cause) {
    return new Failure(
        Exit.UNAVAILABLE,
        "Writing a part to the temporary folder " + System.getProperty("java.io.tmpdir"),
        String.valueOf(cause.getMessage()),
        "free some space there, or choose another folder with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR",
        cause);
  }
}
