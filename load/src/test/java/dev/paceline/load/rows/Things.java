package dev.paceline.load.rows;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.StreamTables;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.postgres.copy.BinaryFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table of things, and lines for it.
final class Things {

  static final byte[] ACCOUNT = "ann".getBytes(StandardCharsets.UTF_8);

  /// The beginning of the line of a thing with the key 1.
  static final String HEAD =
      "{\"account\":\"ann\",\"key\":[1],\"extracted_at\":\"2026-10-31T05:00:00Z\",\"op\":\"upsert\"";

  private Things() {}

  /// Projects onto a table with the columns `id` and `value`, which knows the member `known`.
  static Projection projection(String keyType, String type) {
    TableContract contract =
        new TableContract(
            "things",
            "things",
            null,
            Mode.MERGE,
            List.of("id"),
            "Things.",
            List.of(
                new Column("id", ColumnType.parse(keyType), null, null, null, "Number."),
                new Column("value", ColumnType.parse(type), null, null, null, "Any.")),
            List.of("known"));
    return new Projection(new StreamTables("things", List.of(contract)), new BinaryFormat());
  }

  /// Appends the rows of a line, and returns how many bytes they have.
  static int append(Projection projection, String line) throws Unfit {
    return append(projection, line.getBytes(StandardCharsets.UTF_8));
  }

  static int append(Projection projection, byte[] line) throws Unfit {
    int before = waiting(projection);
    projection.append(block(line), 0, ACCOUNT, 1);
    return waiting(projection) - before;
  }

  static int waiting(Projection projection) {
    return projection.tables().stream().mapToInt(table -> table.buffer().length()).sum();
  }

  /// A block of one line.
  static LineBlock block(byte[] line) {
    LineBlock block = new LineBlock();
    block.start(0);
    ByteArrayInputStream in = new ByteArrayInputStream(line);
    try {
      while (block.fill(in)) {
        block.grow();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    block.end();
    return block;
  }
}
