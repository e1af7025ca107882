package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.postgres.copy.CopyStream;
import dev.paceline.load.postgres.copy.RowEncoder;
import dev.paceline.load.rows.Drift;
import dev.paceline.load.rows.LineBlock;
import dev.paceline.load.rows.LineBlockReader;
import dev.paceline.load.rows.RejectedRecord;
import dev.paceline.load.step.PendingCommits.PendingPart;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the lines of parts into the stage tables of their streams. Another thread unpacks the
/// lines; here they become rows. Consecutive parts for the same table share a COPY.
final class StageCopy {

  private static final Logger LOG = LoggerFactory.getLogger(StageCopy.class);
  private static final long LOG_EVERY = 250_000;

  private final Handle handle;
  private final ObjectStore store;
  private final SourceContract contract;
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final Map<String, Drift> drift = new TreeMap<>();
  private final Map<String, RowEncoder> encoders = new TreeMap<>();

  private @Nullable CopyStream copy;
  private @Nullable TableContract copyTable;
  private long sent;

  StageCopy(Handle handle, ObjectStore store, SourceContract contract) {
    this.handle = handle;
    this.store = store;
    this.contract = contract;
    for (TableContract table : contract.tables()) {
      Drift seen = new Drift();
      drift.put(table.table(), seen);
      encoders.put(table.table(), new RowEncoder(table, seen));
    }
  }

  void run(List<PendingPart> pending) {
    List<PendingPart> selected = new ArrayList<>();
    for (PendingPart part : pending) {
      if (contract.tableOf(part.part().stream()).isPresent()) {
        selected.add(part);
      } else {
        skipped.merge(part.part().stream(), part.part().rows(), Long::sum);
      }
    }
    try {
      copy(selected);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private void copy(List<PendingPart> parts) throws SQLException {
    try (LineBlockReader blocks =
            new LineBlockReader(store, parts.stream().map(PendingPart::part).toList());
        Cancellation _ = this::cancel) {
      int part = -1;
      long line = 0;
      for (Optional<LineBlock> next = blocks.next(); next.isPresent(); next = blocks.next()) {
        LineBlock block = next.get();
        line = block.part() == part ? line : 0;
        part = block.part();
        line = send(parts.get(part), block, line);
        blocks.release(block);
      }
      finish();
    }
  }

  /// What to do with a COPY that was not finished; a failure of it never hides the first one.
  private interface Cancellation extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  private void cancel() throws SQLException {
    if (copy != null) {
      copy.close();
    }
  }

  /// Sends the lines of a block, and returns how many lines of its part have been sent so far.
  private long send(PendingPart part, LineBlock block, long linesBefore) throws SQLException {
    TableContract table = contract.tableOf(part.part().stream()).orElseThrow();
    CopyStream into = into(table);
    RowEncoder encoder = Objects.requireNonNull(encoders.get(table.table()), table.table());
    byte[] account = part.account().getBytes(StandardCharsets.UTF_8);
    long line = linesBefore;
    for (int from = 0; from < block.length(); ) {
      int end = block.lineEnd(from);
      try {
        long seq = part.firstSeq() + line;
        into.send(encoder, block.bytes(), from, end - from, account, seq);
      } catch (RejectedRecord rejected) {
        throw failure(part.part(), line + 1, rejected);
      }
      line++;
      from = end + 1;
    }
    count(table, line - linesBefore);
    return line;
  }

  private CopyStream into(TableContract table) throws SQLException {
    if (copy == null || !table.equals(copyTable)) {
      finish();
      PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
      TableDefinition stage = TableDefinition.stage(contract.source(), table);
      copy =
          new CopyStream(
              connection,
              "copy %s (%s) from stdin (format binary)"
                  .formatted(stage.name(), SqlFragments.list(stage.columnNames())));
      copyTable = table;
    }
    return copy;
  }

  private void finish() throws SQLException {
    if (copy != null) {
      copy.finish();
      copy = null;
    }
  }

  private void count(TableContract table, long more) {
    rows.merge(table.table(), more, Long::sum);
    if ((sent + more) / LOG_EVERY > sent / LOG_EVERY) {
      LOG.info("{} rows of {} staged so far", sent + more, contract.source());
    }
    sent += more;
  }

  private Failure failure(Part part, long line, RejectedRecord rejected) {
    return new Failure(
        Exit.UNUSABLE,
        "Staging line %d of %s".formatted(line, store.address(part.key())),
        rejected.getMessage(),
        "correct sources/%s/tables, or report it: nothing was staged or published"
            .formatted(contract.source()));
  }

  /// Rows by table; tables without a row are left out.
  Map<String, Long> rows() {
    return rows;
  }

  /// Lines by stream that has no table.
  Map<String, Long> skipped() {
    return skipped;
  }

  /// Members without a column, by table; tables without drift are left out.
  Map<String, Map<String, Long>> drift() {
    Map<String, Map<String, Long>> seen = new TreeMap<>();
    drift.forEach((table, members) -> {
      if (!members.counts().isEmpty()) {
        seen.put(table, members.counts());
      }
    });
    return seen;
  }
}
