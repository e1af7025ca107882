package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.log.Commit;
import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What stage copies from the lake, and what it refuses.
final class StageTest extends LoadTestCase {

  @BeforeEach
  void writeContract() {
    shop()
        .write(
            "tables/things.yaml",
            """
            table: things
            stream: things
            mode: merge
            key: [id]
            description: Things that are sold.
            columns:
              - {name: id, type: bigint, description: Its number.}
              - {name: maker, type: text, path: made.by.name, description: "Who made it, 'if' known."}
            ignore: [made.state]
            """);
  }

  private LoadRun load(String step) {
    return loading(lake("shop")).load(step, "shop");
  }

  @Test
  void keepsMembersWithoutAColumnTokenForTokenAndReportsThem() {
    lake("shop")
        .commit(
            "ann",
            1,
            c ->
                c.upsert(
                        "things",
                        1,
                        "{\"id\":1,\"made\":{\"state\":2,\"by\":{\"name\":\"Zoë\",\"since\":1.50},\"at\":[\"\\u00e9\"]},\"nothing\":null,\"a \\\"b\\\"\":true}")
                    .upsert("things", 2, "{\"id\":2,\"made\":\"at home\"}")
                    .upsert("things", 3, "{\"id\":3,\"made\":null}"));
    LoadRun run = load("run");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(warehouse.rows("select id, maker, _rest from shop.things order by id"))
        .containsExactly(
            "1|Zoë|{\"made\": {\"at\": [\"é\"], \"by\": {\"since\": 1.50}}, \"a \\\"b\\\"\": true}",
            "2||{\"made\": \"at home\"}",
            "3||");
    assertThat(run.report().path("drift").path("things").toString())
        .isEqualTo("{\"a \\\"b\\\"\":1,\"made\":1,\"made.at\":1,\"made.by.since\":1}");
  }

  @Test
  void createsTheTableThatItsContractDescribes() {
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(load("run").exit()).isZero();
    assertThat(
            warehouse.rows(
                """
                select attname, format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum)
                from pg_attribute where attrelid = 'shop.things'::regclass and attnum between 1 and 4
                order by attnum
                """))
        .containsExactly(
            "id|bigint|t|Its number.",
            "maker|text|f|Who made it, 'if' known.",
            "_account|text|t|Whose data it is.",
            "_extracted_at|timestamp with time zone|t|When the source reported this, by its own clock.");
    assertThat(
            warehouse.rows(
                "select pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid = 'shop.things'::regclass"))
        .containsExactly("PRIMARY KEY (_account, id)");
  }

  @Test
  void leavesAStreamWithoutATableInTheLakeAndReportsIt() {
    lake("shop")
        .commit(
            "ann", 1, c -> c.upsert("receipts", 1, "{\"id\":1}").upsert("things", 1, "{\"id\":1}"));
    LoadRun run = load("stage");
    assertThat(run.report().path("skipped").toString()).isEqualTo("{\"receipts\":1}");
    assertThat(warehouse.rows("select id, _op, _seq from shop_stage.things_1"))
        .containsExactly("1|upsert|10000002");
  }

  @Test
  void aRejectedRecordStagesNothingAndNamesPartLineColumnAndValue() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(load("stage").exit()).isZero();
    Commit commit =
        lake.commit(
            "ann",
            2,
            c ->
                c.upsert("things", 2, "{\"id\":2}")
                    .upsert("things", 3, "{\"id\":3,\"made\":{\"by\":{\"name\":17}}}"));
    LoadRun run = load("run");
    assertThat(run.exit()).isEqualTo(65);
    assertThat(run.error())
        .isEqualTo(
            "Staging shop: a record does not fit its table: things [3], line 2 of %s/%s, column \"maker\" cannot hold 17: it is not a string; correct sources/shop/tables, or report it: nothing was staged or published."
                .formatted(lake.uri(), commit.parts().getFirst().key()));
    assertThat(warehouse.rows("select load_id, tables from ops.stage"))
        .containsExactly("1|{\"things\": 1}");
    assertThat(warehouse.stageTables("shop")).containsExactly("things_1");
    assertThat(warehouse.rows("select id from shop_stage.things_1")).containsExactly("1");
    assertThat(warehouse.rows("select * from shop.things")).isEmpty();
  }

  @Test
  void looksAtAllRecordsAndNamesTheFirstFiveThatDoNotFit() {
    TestLake lake = lake("shop");
    lake.commit(
        "ann",
        1,
        c -> {
          for (int i = 1; i <= 6; i++) {
            c.upsert("things", i, "{\"id\":%d,\"made\":{\"by\":{\"name\":%d}}}".formatted(i, i));
          }
          c.upsert("things", 7, "{\"id\":7}");
        });
    lake.commit("bob", 1, c -> c.upsert("things", 1, "{\"id\":\"one\"}"));
    LoadRun run = load("stage");
    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error())
        .startsWith(
            "Staging shop: 7 records do not fit their tables: things [1], line 1 of file://")
        .contains(
            "; things [5], line 5 of file://",
            ", column \"maker\" cannot hold 5: it is not a string; and 2 more; correct sources/shop")
        .doesNotContain("things [6]");
    assertThat(warehouse.stageTables("shop")).isEmpty();
  }

  @Test
  void rejectsARecordUnderTheKeyOfAnother() {
    TestLake lake = lake("shop");
    Commit commit = lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":2}"));
    LoadRun run = load("run");
    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error())
        .startsWith(
            "Staging shop: a record does not fit its table: things [1], line 1 of %s/%s, column \"id\": it differs from the key in the envelope;"
                .formatted(lake.uri(), commit.parts().getFirst().key()));
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    TestLake lake = lake("shop");
    byte[] overlong = "{\"id\":2,\"x\":[\"\u00C1\u0081\"]}".getBytes(StandardCharsets.ISO_8859_1);
    Commit commit =
        lake.commit(
            "ann",
            1,
            c ->
                c.upsert("things", 1, "{\"id\":1}")
                    .writer()
                    .upsert("things", "[2]", c.at(), overlong));
    LoadRun run = load("run");
    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error())
        .startsWith(
            "Staging shop: a record does not fit its table: things [2], line 2 of %s/%s, column \"_rest\": its byte "
                .formatted(lake.uri(), commit.parts().getFirst().key()))
        .contains(", C1, is not valid UTF-8; correct sources/shop/tables");
  }

  @Test
  void refusesAPartThatIsNotTheCommittedOne() throws IOException {
    TestLake lake = lake("shop");
    Commit one = lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    Commit two = lake.commit("ann", 2, c -> c.upsert("things", 2, "{\"id\":2}"));
    Path first = lake.folder().resolve(one.parts().getFirst().key());
    Files.copy(
        lake.folder().resolve(two.parts().getFirst().key()),
        first,
        StandardCopyOption.REPLACE_EXISTING);
    LoadRun swapped = load("run");
    assertThat(swapped.exit()).isEqualTo(65);
    assertThat(swapped.error()).contains(one.parts().getFirst().key()).contains("SHA-256");
    byte[] content = Files.readAllBytes(first);
    Files.write(first, Arrays.copyOf(content, content.length / 2));
    assertThat(load("run").exit()).isEqualTo(65);
    Files.delete(first);
    LoadRun missing = load("run");
    assertThat(missing.exit()).isEqualTo(65);
    assertThat(missing.error()).contains(one.parts().getFirst().key());
    assertThat(warehouse.rows("select * from ops.stage")).isEmpty();
  }

  @Test
  void readsLinesLongerThanABlockAndPartsOfManyBlocks() {
    String longName = "x".repeat(700_000);
    lake("shop")
        .commit(
            "ann",
            1,
            c -> {
              for (int i = 0; i < 2000; i++) {
                c.upsert(
                    "things",
                    i,
                    "{\"id\":%d,\"made\":{\"by\":{\"name\":\"%s\"}}}".formatted(i, "y".repeat(i)));
              }
              c.upsert(
                  "things",
                  2000,
                  "{\"id\":2000,\"made\":{\"by\":{\"name\":\"%s\"}}}".formatted(longName));
              c.upsert("things", 2001, "{\"id\":2001}");
            });
    LoadRun run = load("run");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(
            warehouse.rows(
                "select count(*), sum(length(maker)), bool_and(_seq = 10000001 + id), max(length(maker)) from shop.things"))
        .containsExactly("2002|%d|t|700000".formatted(1999L * 2000 / 2 + 700_000));
  }

  @Test
  void refusesATableThatDiffersFromItsContract() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(load("run").exit()).isZero();
    warehouse.execute("alter table shop.things alter column maker type varchar(3)");
    LoadRun other = load("run");
    assertThat(other.exit()).isEqualTo(78);
    assertThat(other.error())
        .contains("has the column \"maker\" as character varying(3), its contract has it as text")
        .contains("`alter table \"shop\".\"things\" alter column \"maker\" type text`");
    warehouse.execute("alter table shop.things drop column maker");
    assertThat(load("run").error())
        .contains("has no column \"maker\"")
        .contains("`alter table \"shop\".\"things\" add column \"maker\" text`");
    warehouse.execute("alter table shop.things add column maker text, add column extra text");
    assertThat(load("run").error())
        .contains("has the column \"extra\", which is not in its contract")
        .contains("`alter table \"shop\".\"things\" drop column \"extra\"`");
    warehouse.execute("alter table shop.things drop column extra, drop constraint things_pkey");
    assertThat(load("run").error()).contains("add primary key (\"_account\", \"id\")");
  }

  @Test
  void aSecondLoadAtTheSameTimeHasToTryAgain() throws SQLException {
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(load("stage").exit()).isZero();
    try (Connection other = warehouse.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('dev.paceline.load source shop', 0))");
      for (String step : new String[] {"run", "stage", "check", "publish", "discard"}) {
        LoadRun busy = load(step);
        assertThat(busy.exit()).as(step).isEqualTo(75);
        assertThat(busy.error())
            .isEqualTo(
                "Loading shop: another load of this source is running; try again when it has finished.");
      }
      other.rollback();
    }
    assertThat(load("run").exit()).isZero();
  }
}
