package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A table of one row per key: what is in it after which commits.
final class PublishTest extends LoadTestCase {

  private static final String ROWS =
      "select _account, id, value, _deleted_at::date from shop.things order by 1, 2";

  private static final String ALL =
      "select _account, id, value, _extracted_at, _deleted_at, _seq, _rest from shop.things order by 1, 2";

  @BeforeEach
  void writeContract() {
    shop().valueOf("text");
  }

  private static String thing(long id, String value) {
    return "{\"id\":%d,\"value\":\"%s\"}".formatted(id, value);
  }

  private LoadRun run() {
    LoadRun run = loading(lake("shop")).load("run", "shop");
    assertThat(run.exit()).as(run.output()).isZero();
    return run;
  }

  @Test
  void insertsNewRowsUpdatesChangedOnesAndLeavesTheOthers() {
    TestLake lake = lake("shop");
    lake.commit(
        "ann", 1, c -> c.upsert("things", 1, thing(1, "a")).upsert("things", 2, thing(2, "b")));
    assertThat(run().changes("things")).isEqualTo("2/2/0/0");
    lake.commit(
        "ann",
        2,
        c ->
            c.upsert("things", 1, thing(1, "a"))
                .upsert("things", 2, thing(2, "B"))
                .upsert("things", 3, thing(3, "c")));
    assertThat(run().changes("things")).isEqualTo("3/1/1/0");
    assertThat(warehouse.rows("select id, value, _seq from shop.things order by 1"))
        .containsExactly("1|a|10000001", "2|B|20000002", "3|c|20000003");
  }

  @Test
  void theLastRecordOfAKeyInLogOrderWins() {
    TestLake lake = lake("shop");
    lake.commit("ann", 9, c -> c.upsert("things", 1, thing(1, "first, and latest by its clock")));
    lake.commit("ann", 2, c -> c.upsert("things", 1, thing(1, "second")));
    assertThat(run().changes("things")).isEqualTo("2/1/0/0");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|second|");
  }

  @Test
  void aTombstoneMarksItsRowAndALaterRecordRestoresIt() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, thing(1, "a")));
    run();
    lake.commit("ann", 2, c -> c.delete("things", 1).delete("things", 99));
    assertThat(run().changes("things")).isEqualTo("2/0/0/1");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|a|2026-11-02");
    lake.commit("ann", 3, c -> c.delete("things", 1));
    assertThat(run().changes("things")).isEqualTo("1/0/0/0");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|a|2026-11-02");
    lake.commit("ann", 4, c -> c.upsert("things", 1, thing(1, "a")));
    assertThat(run().changes("things")).isEqualTo("1/0/1/0");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|a|");
  }

  @Test
  void aRecordFollowedByItsTombstoneInTheSameLoadIsNeverPublished() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, thing(1, "a")));
    lake.commit("ann", 2, c -> c.delete("things", 1));
    assertThat(run().changes("things")).isEqualTo("2/0/0/0");
    assertThat(warehouse.rows(ROWS)).isEmpty();
  }

  @Test
  void accountsShareATableButNotTheirKeys() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, thing(1, "hers")));
    lake.commit("bob", 1, c -> c.upsert("things", 1, thing(1, "his")));
    run();
    lake.commit("bob", 2, c -> c.delete("things", 1));
    LoadRun run = run();
    assertThat(run.report().path("commits").fieldNames()).toIterable().containsExactly("bob");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|hers|", "bob|1|his|2026-11-02");
  }

  @Test
  void loadingEverythingAgainChangesNothing() {
    TestLake lake = lake("shop");
    lake.commit(
        "ann", 1, c -> c.upsert("things", 1, thing(1, "a")).upsert("things", 2, thing(2, "b")));
    lake.commit("ann", 2, c -> c.upsert("things", 1, thing(1, "A")).delete("things", 2));
    lake.commit("ann", 3, c -> c.upsert("things", 3, "{\"id\":3,\"more\":[1]}"));
    run();
    List<String> once = warehouse.rows(ALL);
    warehouse.execute("delete from ops.published");
    assertThat(run().changes("things")).isEqualTo("5/0/0/0");
    assertThat(warehouse.rows(ALL)).isEqualTo(once).hasSize(2);
  }

  @Test
  void anOlderRecordNeverOverwritesANewerRow() {
    TestLake lake = lake("shop");
    lake.commit(
        "ann",
        1,
        c ->
            c.upsert("things", 1, thing(1, "a"))
                .upsert("things", 2, thing(2, "b"))
                .upsert("things", 3, thing(3, "c")));
    run();
    warehouse.execute("update shop.things set value = 'newer', _seq = 90000001 where id < 3");
    lake.commit("ann", 2, c -> c.upsert("things", 1, thing(1, "A")).delete("things", 2));
    warehouse.execute("delete from ops.published");
    shop()
        .write("checks.yaml", "checks: [{name: own, severity: warn, description: Any.}]")
        .write(
            "checks/own.sql",
            "select _account as account, id || value as what from things_next where _deleted_at is null");

    LoadRun reloaded = run();

    assertThat(reloaded.changes("things")).isEqualTo("5/0/0/0");
    assertThat(warehouse.rows(ROWS)).containsExactly("ann|1|newer|", "ann|2|newer|", "ann|3|c|");
    assertThat(warehouse.rows("select examples from ops.check_results"))
        .containsExactly(
            "[{\"what\": \"1newer\", \"account\": \"ann\"}, {\"what\": \"2newer\", \"account\": \"ann\"}, {\"what\": \"3c\", \"account\": \"ann\"}]");
  }

  @Test
  void severalLoadsGiveTheSameResultAsOne() {
    TestLake lake = lake("shop");
    for (int day = 1; day <= 4; day++) {
      String value = "v" + day / 2;
      boolean deleted = day == 3;
      lake.commit(
          "ann",
          day,
          c -> {
            c.upsert("things", 1, thing(1, value));
            if (deleted) {
              c.delete("things", 2);
            } else {
              c.upsert("things", 2, thing(2, value));
            }
          });
      run();
    }
    List<String> daily =
        warehouse.rows("select id, value, _deleted_at from shop.things order by 1");
    warehouse.execute("drop table shop.things; delete from ops.published");
    run();
    assertThat(warehouse.rows("select id, value, _deleted_at from shop.things order by 1"))
        .isEqualTo(daily)
        .containsExactly("1|v2|", "2|v2|");
  }

  @Test
  void recordsALoadEvenIfNothingIsNew() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, thing(1, "a")));
    run();
    LoadRun again = run();
    assertThat(again.report().path("commits").isEmpty()).isTrue();
    assertThat(warehouse.rows("select load_id, tables::text from ops.loads order by 1"))
        .containsExactly(
            "1|{\"things\": {\"staged\": 1, \"deleted\": 0, \"updated\": 0, \"inserted\": 1}}",
            "2|{}");
    assertThat(warehouse.rows("select account, commit_number, run from ops.published"))
        .containsExactly("ann|1|run-1");
    assertThat(warehouse.rows("select * from ops.stage")).isEmpty();
    assertThat(warehouse.stageTables("shop")).isEmpty();
  }
}
