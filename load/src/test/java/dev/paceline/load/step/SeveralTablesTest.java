package dev.paceline.load.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.cli.trust.TrustedCertificates;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.fixture.TestLake;
import dev.paceline.load.fixture.TestWarehouse;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.postgres.WarehouseAddress;
import dev.paceline.load.rows.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stream that fills several tables, as far as stage: rides with their laps, and the points of a
/// ride, which do not contain its id.
final class SeveralTablesTest {

  private static final TableContract RIDES =
      table("rides", "rides", null, column("id", "bigint", null), column("name", "text", null));

  private static final TableContract GEAR =
      table(
          "ride_gear",
          "rides",
          null,
          column("id", "bigint", null),
          column("gear", "text", "bike.name"));

  private static final TableContract LAPS =
      table(
          "laps",
          "rides",
          "laps",
          keyOfEnvelope("id"),
          column("pace", "double precision", "speed.pace"));

  private static final TableContract POINTS =
      table("points", "points", null, keyOfEnvelope("ride"), column("altitude", "real[]", null));

  @TempDir Path folder = Path.of("");

  private final TestWarehouse warehouse = new TestWarehouse();

  @AfterEach
  void dropWarehouse() {
    warehouse.close();
  }

  private TestLake lake() {
    return new TestLake("toy", folder, "run-");
  }

  private Warehouse connect() {
    Optional<Secret> password =
        warehouse.password().isEmpty()
            ? Optional.empty()
            : Optional.of(Secret.resolve("PASSWORD", warehouse.password()));
    WarehouseAddress address = WarehouseAddress.parse(warehouse.url(), false);
    return Warehouse.connect(address, TrustedCertificates::ofJdk, password, Duration.ZERO);
  }

  private StageResult stage(TableContract... tables) {
    try (ObjectStore store = lake().open();
        Warehouse connected = connect()) {
      SourceContract contract = new SourceContract("toy", List.of(tables), List.of());
      return new StageStep(connected, Lake.open(store), contract).run();
    }
  }

  private List<String> rows(String query) {
    return warehouse.rows(query.replace("toy.", "toy_stage."));
  }

  @Test
  void aRecordIsARowOfEachTableAndSoIsEachElementOfItsList() {
    lake()
        .commit(
            "ann",
            1,
            c ->
                c.upsert(
                        "rides",
                        7,
                        """
                        {"laps":[{"speed":{"pace":4.5,"best":4}},{"x":[1]}],"id":7,"name":"Up","bike":{"name":"B","km":9},"wind":2}\
                        """)
                    .upsert("rides", 8, "{\"id\":8,\"laps\":[]}")
                    .upsert("rides", 9, "{\"id\":9,\"laps\":null,\"name\":\"Down\"}")
                    .delete("rides", 10));
    StageResult result = stage(RIDES, GEAR, LAPS);
    assertThat(result.staged().rows()).isEqualTo(Map.of("rides", 4L, "ride_gear", 4L, "laps", 2L));
    assertThat(rows("select id, name, _account, _op, _seq, _rest from toy.rides_1 order by id"))
        .containsExactly(
            "7|Up|ann|upsert|10000001|{\"bike\": {\"km\": 9}, \"wind\": 2}",
            "8||ann|upsert|10000002|",
            "9|Down|ann|upsert|10000003|",
            "10||ann|delete|10000004|");
    assertThat(rows("select id, gear, _op from toy.ride_gear_1 order by id"))
        .containsExactly("7|B|upsert", "8||upsert", "9||upsert", "10||delete");
    assertThat(
            rows(
                "select id, pace, _account, _op, _seq, _ordinal, _rest from toy.laps_1 order by _ordinal"))
        .containsExactly(
            "7|4.5|ann|upsert|10000001|1|{\"speed\": {\"best\": 4}}",
            "7||ann|upsert|10000001|2|{\"x\": [1]}");
    assertThat(result.drift())
        .isEqualTo(
            Map.of(
                "rides", Map.of("bike.km", 1L, "wind", 1L),
                "laps", Map.of("speed.best", 1L, "x", 1L)));
  }

  @Test
  void theKeyOfARecordThatDoesNotContainItComesFromTheEnvelope() {
    lake()
        .commit("ann", 1, c -> c.upsert("points", 7, "{\"altitude\":[1.5,2]}").delete("points", 8));
    stage(POINTS);
    assertThat(rows("select ride, altitude, _op, _rest from toy.points_1 order by ride"))
        .containsExactly("7|{1.5,2}|upsert|", "8||delete|");
  }

  @Test
  void anElementThatDoesNotFitRejectsItsRecordWithAllRows() {
    lake()
        .commit(
            "ann",
            1,
            c ->
                c.upsert("rides", 7, "{\"id\":7,\"laps\":[{},{\"speed\":{\"pace\":\"slow\"}}]}")
                    .upsert("rides", 8, "{\"id\":8,\"laps\":[3]}")
                    .upsert("rides", 9, "{\"id\":9,\"laps\":{}}"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> stage(RIDES, LAPS))
        .withMessageContaining("3 records do not fit their tables: laps [7], line 1 of ")
        .withMessageContaining(
            "column \"pace\" cannot hold \"slow\": it is not a number (element 2); laps [8], line 2")
        .withMessageContaining("\"laps\" contains what is not an object (element 1); laps [9]")
        .withMessageContaining(", \"laps\" is not a list; correct ");
    assertThat(warehouse.stageTables("toy")).isEmpty();
    assertThat(warehouse.rows("select * from ops.stage")).isEmpty();
  }

  @Test
  void namesTheColumnOfTheTableThatMissesIt() {
    TableContract strict =
        table(
            "strict",
            "rides",
            null,
            column("id", "bigint", null),
            new Column("title", ColumnType.parse("text"), "name", true, null, "Required."));
    lake().commit("ann", 1, c -> c.upsert("rides", 7, "{\"id\":7}"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> stage(RIDES, strict))
        .withMessageContaining(": strict [7], line 1 of ")
        .withMessageContaining("column \"title\": it is missing");
  }

  @Test
  void aRejectedRecordBetweenOthersMovesNoneOfThem() {
    lake()
        .commit(
            "ann",
            1,
            c ->
                c.upsert("rides", 7, "{\"id\":7,\"laps\":[{}]}")
                    .upsert("rides", 8, "{\"id\":8,\"laps\":[{},{}],\"name\":5}")
                    .upsert("rides", 9, "{\"id\":9,\"laps\":[{}]}"));
    List<RejectedRecord> rejected = new ArrayList<>();
    Copied copied = copyInto(rejected, RIDES, LAPS);
    assertThat(copied.rows()).isEqualTo(Map.of("rides", 2L, "laps", 2L));
    assertThat(rejected)
        .singleElement()
        .returns("rides", RejectedRecord::table)
        .returns(Optional.of("[8]"), RejectedRecord::key)
        .returns(Optional.of("name"), RejectedRecord::column)
        .returns(2L, RejectedRecord::number)
        .extracting(record -> new String(record.line(), StandardCharsets.UTF_8))
        .asString()
        .endsWith("{\"id\":8,\"laps\":[{},{}],\"name\":5}}");
    assertThat(rows("select id, _seq from toy.rides_5 order by id"))
        .containsExactly("7|10000001", "9|10000003");
    assertThat(rows("select id, _seq, _ordinal from toy.laps_5 order by id"))
        .containsExactly("7|10000001|1", "9|10000003|1");
  }

  /// Copies the lake's only commit, as load 5, with a sink that does not end the load.
  private Copied copyInto(List<RejectedRecord> rejected, TableContract... tables) {
    SourceContract contract = new SourceContract("toy", List.of(tables), List.of());
    try (ObjectStore store = lake().open();
        Warehouse connected = connect()) {
      connected.inTransaction(
          "Creating tables",
          transaction -> {
            transaction.tables(contract).createStage(5);
            return true;
          });
      PendingCommits pending = PendingCommits.find(Lake.open(store), "toy", Map.of());
      return new StageCopy(connected, store, contract, 5).run(pending.parts(), rejected::add);
    }
  }

  @Test
  void aListThatOccursTwiceCountsOnce() {
    lake().commit("ann", 1, c -> c.upsert("rides", 7, "{\"id\":7,\"laps\":[{},{}],\"laps\":[{}]}"));
    assertThat(stage(RIDES, LAPS).staged().rows()).containsEntry("laps", 1L);
  }

  @Test
  void tablesOfAStreamMustAgreeOnItsMembers() {
    TableContract other =
        table("other", "rides", null, column("id", "bigint", null), column("lap", "jsonb", "laps"));
    TableContract textKey = table("other", "rides", null, column("id", "text", null));
    TableContract inside =
        table("other", "rides", null, column("id", "bigint", null), column("x", "text", "name.x"));
    for (TableContract wrong : List.of(other, inside)) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new SourceContract("toy", List.of(RIDES, LAPS, wrong), List.of()))
          .withMessageContaining("in different ways");
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new SourceContract("toy", List.of(RIDES, textKey), List.of()))
        .withMessage(
            "the tables \"rides\" and \"other\" of the stream \"rides\" differ in the types of their keys");
  }

  private static TableContract table(
      String name, String stream, @Nullable String rows, Column key, Column... others) {
    List<Column> columns = new ArrayList<>(List.of(key));
    columns.addAll(List.of(others));
    return new TableContract(
        name, stream, rows, Mode.MERGE, List.of(key.name()), "Toys.", columns, List.of());
  }

  private static Column column(String name, String type, @Nullable String path) {
    return new Column(name, ColumnType.parse(type), path, null, null, "Any.");
  }

  private static Column keyOfEnvelope(String name) {
    return new Column(name, ColumnType.parse("bigint"), null, null, false, "Its number.");
  }
}
