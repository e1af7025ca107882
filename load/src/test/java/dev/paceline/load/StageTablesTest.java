package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each load stages into tables of its own, which go when they are no longer needed.
final class StageTablesTest extends LoadTestCase {

  @BeforeEach
  void stageOneThing() {
    shop().valueOf("text");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(load("stage").exit()).isZero();
  }

  private LoadRun load(String step) {
    return loading(lake("shop")).load(step, "shop");
  }

  @Test
  void stagingAgainReplacesThem() {
    assertThat(warehouse.stageTables("shop")).containsExactly("things_1");
    assertThat(load("stage").exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("things_2");
  }

  @Test
  void thoseOfALoadThatWasKilledAreDroppedByTheNext() {
    warehouse.execute("delete from ops.stage"); // as if it had been killed before writing it
    assertThat(load("stage").exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("things_2");
  }

  @Test
  void thoseOfATableWithoutAContractAreDropped() {
    shop().write("tables/others.yaml", contractOf("others"));
    assertThat(load("stage").exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("others_2", "things_2");
    shop().remove("tables/others.yaml");
    assertThat(load("stage").exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("things_3");
  }

  @Test
  void whatWasStagedForATableIsNotForgottenWhenItsContractChanges() {
    assertThat(load("check").exit()).isZero();
    shop().remove("tables/things.yaml").write("tables/items.yaml", contractOf("items"));
    for (String step : new String[] {"check", "publish"}) {
      LoadRun refused = load(step);
      assertThat(refused.exit()).as(refused.output()).isEqualTo(75);
      assertThat(refused.error())
          .contains("it has the table things, which has no contract; run load stage shop");
    }
    assertThat(load("run").changes("items")).isEqualTo("1/1/0/0");
  }

  @Test
  void aTableThatIsNewSinceTheStageIsStagedFirst() {
    shop().write("tables/others.yaml", contractOf("others"));
    LoadRun refused = load("check");
    assertThat(refused.exit()).as(refused.output()).isEqualTo(75);
    assertThat(refused.error()).contains("shop_stage.others_1 does not match its contract");
    assertThat(load("run").changes("others")).isEqualTo("1/1/0/0");
  }

  @Test
  void aViewOnThemIsFoundBeforeAnythingIsCopied() {
    warehouse.execute("create view public.peek as select * from shop_stage.things_1");
    LoadRun refused = load("stage");
    assertThat(refused.exit()).as(refused.output()).isEqualTo(78);
    assertThat(refused.error()).contains("the views peek depend on it");
    assertThat(warehouse.stageTables("shop")).containsExactly("things_1");
  }

  @Test
  void otherTablesInTheirSchemaAreLeftAlone() {
    warehouse.execute("create table shop_stage.notes_2024 (text text)");
    assertThat(load("run").exit()).isZero();
    assertThat(warehouse.stageTables("shop")).containsExactly("notes_2024");
  }

  @Test
  void aTableWithTheLongestNameIsPublished() {
    String longest = "t".repeat(40);
    shop()
        .remove("tables/things.yaml")
        .write("tables/%s.yaml".formatted(longest), contractOf(longest));
    warehouse.execute("select setval('ops.load_ids', 9223372036854775000)");
    LoadRun run = load("run");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.changes(longest)).isEqualTo("1/1/0/0");
  }

  private static String contractOf(String table) {
    return """
    table: %s
    stream: things
    mode: merge
    key: [id]
    description: Things.
    columns:
      - {name: id, type: bigint, description: Its number.}
    """
        .formatted(table);
  }
}
