package dev.paceline.load.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.StreamTables;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.fixture.RandomThings;
import dev.paceline.load.postgres.copy.BinaryFormat;
import dev.paceline.testing.FuzzFor;
import dev.paceline.testing.JsonSpeller;
import dev.paceline.testing.RandomJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.jspecify.annotations.Nullable;

/// Whatever a line is, it becomes rows or is [Unfit]; nothing else is ever thrown, and a line
/// leaves no trace in the next.
@AddLifecycleHook(FuzzFor.class)
class ProjectionPropertyTest {

  private static final StreamTables STREAM =
      new StreamTables("things", List.of(table("things", null), table("laps", "laps")));

  /// A table with a column of each type, called `v0`, `v1`, …
  private static TableContract table(String name, @Nullable String rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(
            "id", ColumnType.parse("numeric"), null, null, rows == null ? null : false, "Its id."));
    for (int i = 0; i < RandomThings.TYPES.size(); i++) {
      columns.add(
          new Column(
              "v" + i, ColumnType.parse(RandomThings.TYPES.get(i)), null, null, null, "Anything."));
    }
    return new TableContract(
        name, "things", rows, Mode.MERGE, List.of("id"), "Things.", columns, List.of("ignored.a"));
  }

  private static Projection projection() {
    return new Projection(STREAM, new BinaryFormat());
  }

  @Provide
  Arbitrary<byte[]> lines() {
    return Combinators.combine(RandomThings.records(), RandomJson.numbers(), Arbitraries.longs())
        .as((record, id, seed) -> {
          record.put("id", id);
          return line(id, JsonSpeller.spell(record, seed));
        });
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return RandomJson.damaged(lines());
  }

  private static byte[] line(BigDecimal id, byte[] record) {
    String head =
        "{\"account\":\"ann\",\"key\":[%s],\"extracted_at\":\"2026-10-31T05:00:00Z\",\"op\":\"upsert\",\"data\":"
            .formatted(id);
    String line = head + new String(record, StandardCharsets.UTF_8) + "}";
    return line.replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
  }

  @Property
  void aLineBecomesRowsOrIsUnfit(@ForAll("lines") byte[] line) {
    assertRowsOrUnfit(line);
  }

  @Property
  void aDamagedLineBecomesRowsOrIsUnfit(@ForAll("damaged") byte[] line) {
    assertRowsOrUnfit(line);
  }

  @Property
  void aLineLeavesNoTraceInTheNext(@ForAll("damaged") byte[] before, @ForAll("lines") byte[] line) {
    Projection used = projection();
    appended(used, before);
    used.tables().forEach(table -> table.buffer().clear());
    assertThat(appended(used, line)).isEqualTo(appended(projection(), line));
  }

  private static void assertRowsOrUnfit(byte[] line) {
    Projection projection = projection();
    String rows = appended(projection, line);
    if (rows.startsWith("unfit: ")) {
      assertThat(rows).hasSizeBetween(10, 700).doesNotContain("\n");
      assertThat(Things.waiting(projection)).isZero();
    } else {
      assertThat(projection.tables().getFirst().count()).isOne();
    }
  }

  /// The rows that a line became, or why it did not.
  private static String appended(Projection projection, byte[] line) {
    LineBlock block = Things.block(line);
    try {
      projection.append(block, 0, Things.ACCOUNT, 1);
    } catch (Unfit unfit) {
      return "unfit: " + unfit.getMessage();
    }
    StringBuilder rows = new StringBuilder();
    for (TableRows table : projection.tables()) {
      rows.append(table.contract().table()).append(':');
      rows.append(
          new String(
              table.buffer().array(), 0, table.buffer().length(), StandardCharsets.ISO_8859_1));
    }
    return rows.toString();
  }
}
