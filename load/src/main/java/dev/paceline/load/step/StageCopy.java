package dev.paceline.load.step;

import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.StreamTables;
import dev.paceline.load.postgres.TableCopies;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.rows.LineBlock;
import dev.paceline.load.rows.LineBlockReader;
import dev.paceline.load.rows.Projection;
import dev.paceline.load.rows.RejectedRecord;
import dev.paceline.load.rows.TableRows;
import dev.paceline.load.rows.Unfit;
import dev.paceline.load.step.PendingCommits.PendingPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the lines of parts into the stage tables of their streams, one stream after the other.
/// Another thread unpacks the lines; here they become rows.
final class StageCopy {

  private static final Logger LOG = LoggerFactory.getLogger(StageCopy.class);
  private static final long LOG_EVERY = 250_000;

  private final Warehouse warehouse;
  private final ObjectStore store;
  private final SourceContract contract;
  private final long loadId;
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final Map<String, Map<String, Long>> drift = new TreeMap<>();
  private long lines;

  StageCopy(Warehouse warehouse, ObjectStore store, SourceContract contract, long loadId) {
    this.warehouse = warehouse;
    this.store = store;
    this.contract = contract;
    this.loadId = loadId;
  }

  /// Copies what fits, and hands the sink what does not.
  Copied run(List<PendingPart> pending, RejectedRecord.Sink rejected) {
    Map<String, List<PendingPart>> byStream = new TreeMap<>();
    for (PendingPart part : pending) {
      byStream.computeIfAbsent(part.part().stream(), any -> new ArrayList<>()).add(part);
    }
    Map<String, StreamTables> streams = contract.streams();
    byStream.forEach((stream, parts) -> {
      StreamTables tables = streams.get(stream);
      if (tables == null) {
        skipped.put(stream, parts.stream().mapToLong(part -> part.part().rows()).sum());
      } else {
        copy(tables, parts, rejected);
      }
    });
    return new Copied(rows, drift, skipped);
  }

  private void copy(StreamTables tables, List<PendingPart> parts, RejectedRecord.Sink rejected) {
    Projection projection = new Projection(tables, warehouse.rowFormat());
    List<Part> objects = parts.stream().map(PendingPart::part).toList();
    try (TableCopies copies = warehouse.copies(contract.source(), tables.tables(), loadId);
        LineBlockReader blocks = new LineBlockReader(store, objects)) {
      PartCursor cursor = new PartCursor(parts);
      for (Optional<LineBlock> next = blocks.next(); next.isPresent(); next = blocks.next()) {
        LineBlock block = next.get();
        cursor.enter(block);
        for (int i = 0; i < block.lines(); i++) {
          try {
            projection.append(block, i, cursor.account, cursor.seq());
          } catch (Unfit unfit) {
            rejected.reject(cursor.rejected(projection, unfit, block, i));
          }
          cursor.line++;
          copies.sendFull(projection.tables());
        }
        log(block.lines());
        blocks.release(block);
      }
      copies.finish(projection.tables());
    }
    for (TableRows table : projection.tables()) {
      String name = table.contract().table();
      if (table.count() > 0) {
        rows.put(name, table.count());
      }
      if (!table.drift().isEmpty()) {
        drift.put(name, table.drift());
      }
    }
  }

  /// Where in the parts a block is.
  private static final class PartCursor {

    private final List<PendingPart> parts;
    private PendingPart part;
    private int index = -1;
    private byte[] account = {};

    /// Lines of the part before the current one.
    private long line;

    PartCursor(List<PendingPart> parts) {
      this.parts = parts;
      this.part = parts.getFirst();
    }

    void enter(LineBlock block) {
      if (block.part() != index) {
        index = block.part();
        part = parts.get(index);
        account = part.account().getBytes(StandardCharsets.UTF_8);
        line = 0;
      }
    }

    long seq() {
      return part.firstSeq() + line;
    }

    RejectedRecord rejected(Projection projection, Unfit unfit, LineBlock block, int at) {
      return projection.rejected(unfit, block, at, part.account(), part.part(), line + 1);
    }
  }

  private void log(int more) {
    if ((lines + more) / LOG_EVERY > lines / LOG_EVERY) {
      LOG.info("{} lines of {} staged so far", lines + more, contract.source());
    }
    lines += more;
  }
}
