package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQL of a check runs as Postgres reads it, and can do nothing but read.
final class CheckSqlTest extends LoadTestCase {

  private static final String DELETE_ALL =
      """
      create function delete_all() returns text language plpgsql as
      'begin delete from shop.things; return ''done''; end'
      """;

  @BeforeEach
  void publishAThing() {
    shop().valueOf("text");
    lake("shop").commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1,\"value\":\"a\"}"));
    assertThat(loading(lake("shop")).load("run", "shop").exit()).isZero();
    warehouse.execute(DELETE_ALL);
  }

  private LoadRun check(String sql) {
    shop()
        .write("checks.yaml", "checks: [{name: own, severity: warn, description: Any.}]")
        .write("checks/own.sql", sql);
    lake("shop").commit("ann", 2, c -> c.upsert("things", 2, "{\"id\":2,\"value\":\"b\"}"));
    return loading(lake("shop")).load("run", "shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "where jsonb_build_object('b', 1) ? value",
        "where to_jsonb(value) @? '$ ? (@ == \"b\")'",
        "where (array['a', 'b', 'c'])[2:id] = array[value]",
        "where value = 'b' or value = ':id'; -- the end ;",
        "where value like '%' /* ? :id $1 */ and value <> $$?$$",
      })
  void isNotParsedByLoad(String condition) {
    LoadRun run =
        check("select _account as account, value as what from things_staged " + condition);
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(warehouse.rows("select found, examples from ops.check_results"))
        .containsExactly("1|[{\"what\": \"b\", \"account\": \"ann\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select '' as account, '' as what where false) as found; delete from shop.things; select * from (select '' as account, '' as what",
        "select '' as account, '' as what; delete from shop.things",
        "rollback; delete from shop.things",
        "delete from shop.things returning 'ann' as account, 'gone' as what",
        "with gone as (delete from shop.things returning id) select 'ann' as account, 'gone' as what from gone",
        "select 'ann' as account, delete_all() as what",
        "select set_config('transaction_read_only', 'off', true) as account, delete_all() as what",
        "select 'ann' as account",
        "select 'ann' as account from things_staged where false",
        "",
      })
  void mustBeOneQueryThatReads(String sql) {
    LoadRun run = check(sql);
    assertThat(run.exit()).as(run.output()).isEqualTo(78);
    assertThat(run.error())
        .startsWith("Running checks/own.sql of shop: ")
        .endsWith("; correct the file, which must be one query with the columns account and what.");
    assertThat(warehouse.rows("select id from shop.things")).containsExactly("1");
    assertThat(warehouse.rows("select load_id from ops.loads")).containsExactly("1");
  }

  @Test
  void countsAllFindingsAndKeepsThemPerAccount() {
    LoadRun run =
        check(
            """
            select case when n % 3 = 0 then 'bob' when n % 3 = 1 then 'ann' end as account, 'n ' || n as what
            from generate_series(1, 10000) as n
            """);
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.report().path("checks").get(0).path("found").asLong()).isEqualTo(10_000);
    assertThat(warehouse.rows("select by_account from ops.check_results"))
        .containsExactly("{\"ann\": 3334, \"bob\": 3333}");
    assertThat(run.report().path("checks").get(0).path("examples")).hasSize(5);
  }

  @Test
  void leavesNothingBehind() {
    TestLake lake = lake("shop");
    check("select 'ann' as account, 'any' as what from things_next");
    assertThat(loading(lake).load("check", "shop").exit()).isEqualTo(75);
    assertThat(warehouse.rows("select relname from pg_class where relname like 'things\\_%next'"))
        .isEmpty();
    assertThat(warehouse.rows("select id from shop.things order by id")).containsExactly("1", "2");
  }
}
