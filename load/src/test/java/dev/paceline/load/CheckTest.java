package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/// The gate, with Strava's own checks and with a broken one.
final class CheckTest extends LoadTestCase {

  private static final LongFunction<String> ACTIVITY = "{\"id\":%d,\"name\":\"Run\"}"::formatted;

  private LoadRun run() {
    return loading(lake("strava")).load("run", "strava");
  }

  @Test
  void haltsWithoutPublishingIfAnActivityBelongsToTwoAccounts() {
    TestLake lake = lake("strava");
    lake.commit("ann", 1, c -> c.upsert("activities", 1, ACTIVITY.apply(1)));
    assertThat(run().exit()).isZero();
    lake.commit(
        "bob",
        2,
        c ->
            c.upsert("activities", 1, ACTIVITY.apply(1))
                .upsert("activities", 2, ACTIVITY.apply(2)));
    LoadRun halted = run();
    assertThat(halted.exit()).isEqualTo(65);
    assertThat(halted.error())
        .startsWith("Checking load 2 of strava: a check halted the load, nothing was published: ")
        .contains("duplicates found 1 (bob: activity 1 also belongs to account ann)");
    assertThat(halted.report().path("checks").get(0).path("passed").asBoolean()).isFalse();
    assertThat(warehouse.rows("select _account, id from strava.activities"))
        .containsExactly("ann|1");
    assertThat(
            warehouse.rows(
                "select name, severity, found, examples from ops.check_results where load_id = 2 order by 1"))
        .containsExactly(
            "duplicates|halt|1|[{\"what\": \"activity 1 also belongs to account ann\", \"account\": \"bob\"}]",
            "volume|warn|0|[]");
    assertThat(loading(lake).load("publish", "strava").exit()).isEqualTo(65);
  }

  @Test
  void anActivityDeletedByOneAccountMayBelongToAnother() {
    TestLake lake = lake("strava");
    lake.commit("ann", 1, c -> c.upsert("activities", 1, ACTIVITY.apply(1)));
    assertThat(run().exit()).isZero();
    lake.commit("ann", 2, c -> c.delete("activities", 1));
    lake.commit("bob", 2, c -> c.upsert("activities", 1, ACTIVITY.apply(1)));
    assertThat(run().exit()).isZero();
  }

  @Test
  void publishesWithAWarningIfMoreThanAFifthIsLost() {
    TestLake lake = lake("strava");
    lake.commit(
        "ann",
        1,
        c -> {
          for (int id = 1; id <= 100; id++) {
            c.upsert("activities", id, ACTIVITY.apply(id));
          }
        });
    assertThat(run().exit()).isZero();
    lake.commit("ann", 2, c -> deleteTo(c, 1, 20));
    assertThat(run().report().path("checks").get(1).path("found").asInt()).isZero();
    lake.commit("ann", 3, c -> deleteTo(c, 21, 41));
    LoadRun warned = run();
    assertThat(warned.exit()).isZero();
    assertThat(warned.report().path("checks").get(1).toString())
        .isEqualTo(
            "{\"name\":\"volume\",\"severity\":\"warn\",\"found\":1,\"examples\":[{\"account\":\"ann\",\"what\":\"only 59 of 80 activities would be left\"}],\"passed\":false}");
    assertThat(warehouse.rows("select count(*) from strava.activities where _deleted_at is null"))
        .containsExactly("59");
  }

  private static void deleteTo(TestLake.Records records, int from, int to) {
    for (int id = from; id <= to; id++) {
      records.delete("activities", id);
    }
  }

  private LoadRun shopLoad(String step) {
    return loading(lake("shop")).load(step, "shop");
  }

  private void gate(String sql) {
    shop()
        .write(
            "checks.yaml",
            "checks: [{name: cheap, severity: halt, description: Nothing is for free.}]")
        .write("checks/cheap.sql", sql);
  }

  @Test
  void aHaltRevokesAnEarlierPass() {
    shop().valueOf("text");
    gate("select '' as account, '' as what where false");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    assertThat(shopLoad("stage").exit()).isZero();
    assertThat(shopLoad("check").exit()).isZero();
    gate("select _account as account, 'a thing' as what from things_staged");
    assertThat(shopLoad("check").exit()).isEqualTo(65);
    LoadRun refused = shopLoad("publish");
    assertThat(refused.exit()).isEqualTo(65);
    assertThat(refused.error()).contains("load 1 has not passed its checks");
    assertThat(warehouse.rows("select * from shop.things")).isEmpty();
  }

  @Test
  void aMissingPrivilegeIsNotReportedAsAMistakeInTheCheck() {
    shop().valueOf("text");
    warehouse.execute(
        """
        create function deny() returns text language plpgsql as
        'begin raise insufficient_privilege using message = ''permission denied for table x''; end'
        """);
    gate("select 'ann' as account, deny() as what");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    LoadRun denied = shopLoad("run");
    assertThat(denied.exit()).as(denied.output()).isEqualTo(77);
    assertThat(denied.error()).contains("permission denied for table x; grant it to ");
  }

  @Test
  void namesTheCheckWhoseSqlIsWrong() {
    shop()
        .valueOf("text")
        .write(
            "checks.yaml",
            "checks: [{name: cheap, severity: warn, description: Nothing is for free.}]")
        .write("checks/cheap.sql", "select account, what from thing_next");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    LoadRun wrong = loading(lake("shop")).load("run", "shop");
    assertThat(wrong.exit()).isEqualTo(78);
    assertThat(wrong.error())
        .isEqualTo(
            "Running checks/cheap.sql of shop: relation \"thing_next\" does not exist; correct the file, which must be one query with the columns account and what.");
  }
}
