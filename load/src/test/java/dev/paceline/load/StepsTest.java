package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stage, check and publish one by one: what each needs from the one before.
final class StepsTest extends LoadTestCase {

  @BeforeEach
  void commit() {
    shop().valueOf("text");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1,\"value\":\"a\"}"));
  }

  private LoadRun load(String... arguments) {
    TestLake lake = lake("shop");
    return loading(lake).load(arguments);
  }

  @Test
  void theThreeStepsDoTheSameAsARun() {
    LoadRun staged = load("stage", "shop");
    String id = staged.report().path("load_id").asText();
    assertThat(staged.changes("things")).isEqualTo("1/0/0/0");
    assertThat(warehouse.rows("select * from shop.things")).isEmpty();
    assertThat(load("check", "shop", "--load-id", id).exit()).isZero();
    LoadRun published = load("publish", "shop", "--load-id", id);
    assertThat(published.exit()).as(published.output()).isZero();
    assertThat(published.changes("things")).isEqualTo("1/1/0/0");
    assertThat(warehouse.rows("select id, value from shop.things")).containsExactly("1|a");
    assertThat(warehouse.stageTables("shop")).isEmpty();
    LoadRun again = load("publish", "shop", "--load-id", id);
    assertThat(again.exit()).isZero();
    assertThat(again.changes("things")).isEqualTo("1/1/0/0");
    assertThat(warehouse.rows("select count(*) from ops.loads")).containsExactly("1");
  }

  @Test
  void neverPublishesWhatHasNotPassedItsChecks() {
    load("stage", "shop");
    LoadRun refused = load("publish", "shop");
    assertThat(refused.exit()).isEqualTo(65);
    assertThat(refused.error())
        .isEqualTo("Publishing shop: load 1 has not passed its checks; run load check shop.");
    assertThat(warehouse.rows("select * from shop.things")).isEmpty();
  }

  @Test
  void stagingAgainRevokesThePass() {
    load("stage", "shop");
    load("check", "shop");
    load("stage", "shop");
    assertThat(load("publish", "shop").exit()).isEqualTo(65);
    LoadRun stale = load("publish", "shop", "--load-id", "1");
    assertThat(stale.exit()).isEqualTo(75);
    assertThat(stale.error()).contains("load 1 is no longer staged: load 2 has replaced it");
  }

  @Test
  void refusesToCheckOrPublishIfNothingIsStaged() {
    for (String step : new String[] {"check", "publish"}) {
      LoadRun refused = load(step, "shop");
      assertThat(refused.exit()).as(step).isEqualTo(75);
      assertThat(refused.error()).endsWith("nothing is staged; run load stage shop.");
    }
  }

  @Test
  void reportsTheLastLoadIfItWasAlreadyPublished() {
    load("run", "shop");
    LoadRun again = load("publish", "shop");
    assertThat(again.exit()).isEqualTo(75);
    assertThat(again.error())
        .matches(
            "Publishing shop: nothing is staged; load 1 was published at [-0-9]{10}T[0-9:]{8}Z and may be the one you mean; see load status shop; to load what is new, run load stage shop\\.");
  }

  @Test
  void aStageEmptiedByACrashIsReportedAndStagedAgain() {
    load("stage", "shop");
    load("check", "shop");
    warehouse.execute("truncate shop_stage.things_1"); // what recovery does to unlogged tables
    LoadRun lost = load("publish", "shop");
    assertThat(lost.exit()).isEqualTo(75);
    assertThat(lost.error())
        .isEqualTo(
            "Publishing shop: the stage of load 1 was lost: shop_stage.things_1 holds 0 of its 1 rows, as happens after a Postgres crash; run load stage shop to stage it again.");
    assertThat(load("check", "shop").exit()).isEqualTo(75);
    warehouse.execute("drop table shop_stage.things_1");
    assertThat(load("check", "shop").exit()).isEqualTo(75);
    assertThat(load("run", "shop").exit()).isZero();
    assertThat(warehouse.rows("select id, value from shop.things")).containsExactly("1|a");
  }

  @Test
  void discardsOnlyTheGivenLoad() {
    assertThat(load("discard", "shop").report().path("discarded").asBoolean()).isFalse();
    load("stage", "shop");
    assertThat(load("discard", "shop", "--load-id", "7").report().path("discarded").asBoolean())
        .isFalse();
    assertThat(warehouse.rows("select count(*) from shop_stage.things_1")).containsExactly("1");
    LoadRun discarded = load("discard", "shop", "--load-id", "1");
    assertThat(discarded.exit()).isZero();
    assertThat(discarded.report().path("discarded").asBoolean()).isTrue();
    assertThat(warehouse.stageTables("shop")).isEmpty();
    assertThat(load("run", "shop").changes("things")).isEqualTo("1/1/0/0");
  }

  @Test
  void statusShowsWhatIsWaitingStagedAndPublished() {
    LoadRun before = load("status", "shop");
    assertThat(before.exit()).isZero();
    assertThat(before.report().path("initialised").asBoolean()).isFalse();
    assertThat(before.report().path("accounts").toString())
        .isEqualTo("{\"ann\":{\"committed\":1,\"published\":0,\"waiting\":1}}");
    assertThat(warehouse.rows("select to_regnamespace('ops') is null")).containsExactly("t");
    load("stage", "shop");
    assertThat(load("status", "shop").report().path("stage").path("load_id").asInt()).isEqualTo(1);
    load("run", "shop");
    lake("shop").commit("ann", 2, c -> c.delete("things", 1));
    LoadRun after = load("status", "shop");
    assertThat(after.report().path("accounts").toString())
        .isEqualTo("{\"ann\":{\"committed\":2,\"published\":1,\"waiting\":1}}");
    assertThat(after.report().path("tables").toString())
        .isEqualTo("{\"things\":{\"rows\":1,\"living\":1}}");
    assertThat(after.report().path("last_load").path("load_id").asInt()).isEqualTo(2);
    assertThat(after.report().has("stage")).isFalse();
  }
}
