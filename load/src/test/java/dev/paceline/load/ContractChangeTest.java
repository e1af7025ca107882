package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What load offers when a table differs from its contract works, although views depend on the
/// table.
final class ContractChangeTest extends LoadTestCase {

  private static final Pattern STATEMENT = Pattern.compile("run `([^`]+)`");

  @BeforeEach
  void publishAThing() {
    shop().valueOf("integer");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1,\"value\":7}"));
    assertThat(run().exit()).isZero();
    warehouse.execute(
        """
        create schema stg;
        create view stg."Things" as select id, value from shop.things;
        create schema mart;
        create materialized view mart.totals as select sum(value) as value from stg."Things"
        """);
  }

  private LoadRun run() {
    return loading(lake("shop")).load("run", "shop");
  }

  private void columns(String columns) {
    shop()
        .write(
            "tables/things.yaml",
            """
            table: things
            stream: things
            mode: merge
            key: [id]
            description: Things.
            columns:
              - {name: id, type: bigint, description: Its number.}
            """
                + columns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: bigint",
        "type: numeric",
        "type: text",
        "type: smallint",
        "type: integer, required: true"
      })
  void offersStatementsThatWork(String type) {
    columns("  - {name: value, description: Any., %s}\n".formatted(type));
    LoadRun differs = run();
    assertThat(differs.exit()).as(differs.output()).isEqualTo(78);
    assertThat(differs.error())
        .contains("this drops the views mart.totals, stg.\"Things\": dbt creates its own again");
    warehouse.execute(offered(differs));
    LoadRun afterwards = run();
    boolean fits = !type.contains("text"); // a number is not text, which the lake's record decides
    assertThat(afterwards.exit()).as(afterwards.output()).isEqualTo(fits ? 0 : 65);
    if (fits) {
      assertThat(warehouse.rows("select value from shop.things")).containsExactly("7");
    }
  }

  @Test
  void offersToFillTheTableAgainForAColumnThatItsRowsLack() {
    columns(
        """
          - {name: value, type: integer, description: Any.}
          - {name: cost, type: integer, path: value.cost, required: true, description: New.}
        """
            .replace("name: value, type: integer", "name: value, type: integer, path: worth"));
    LoadRun differs = run();
    assertThat(differs.error())
        .contains("has no column \"cost\"; fill it again: run `drop table ")
        .doesNotContain("alter table");
    warehouse.execute(offered(differs));
    assertThat(run().exit()).isEqualTo(65); // the record in the lake has no cost either
  }

  @Test
  void offersToDropAColumn() {
    columns("");
    LoadRun differs = run();
    assertThat(differs.error()).contains("has the column \"value\", which is not in its contract");
    warehouse.execute(offered(differs));
    assertThat(run().exit()).isZero();
  }

  @Test
  void namesAViewThatDependsOnAStageTable() {
    lake("shop").commit("ann", 2, c -> c.upsert("things", 2, "{\"id\":2}"));
    assertThat(loading(lake("shop")).load("stage", "shop").exit()).isZero();
    warehouse.execute("create view public.peek as select * from shop_stage.things_2");
    LoadRun refused = run();
    assertThat(refused.exit()).as(refused.output()).isEqualTo(78);
    assertThat(refused.error()).contains("shop_stage.things_2", "the views peek depend on it");
    assertThat(warehouse.stageTables("shop")).containsExactly("things_2");
    warehouse.execute(offered(refused));
    assertThat(run().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.things", "shop_stage.things_2"})
  void refusesAViewInThePlaceOfATable(String table) {
    warehouse.execute(
        "drop table if exists %1$s cascade; create view %1$s as select 1 as id".formatted(table));
    lake("shop").commit("ann", 2, c -> c.upsert("things", 2, "{\"id\":2}"));
    LoadRun refused = run();
    assertThat(refused.exit()).as(refused.output()).isEqualTo(78);
    assertThat(refused.error()).contains("Opening the table %s: ".formatted(table));
  }

  @Test
  void neverDropsATableThatItDidNotCreate() {
    warehouse.execute("create table shop_stage.things_2 as select 1 as mine");
    lake("shop").commit("ann", 2, c -> c.upsert("things", 2, "{\"id\":2}"));
    LoadRun refused = run();
    assertThat(refused.exit()).as(refused.output()).isEqualTo(78);
    assertThat(refused.error()).contains("Creating the stage table shop_stage.things_2: ");
    assertThat(run().exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("things_2");
  }

  /// The statement of a remedy.
  private static String offered(LoadRun run) {
    Matcher matcher = STATEMENT.matcher(run.error());
    assertThat(matcher.find()).as(run.error()).isTrue();
    return matcher.group(1);
  }
}
