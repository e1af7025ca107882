package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A table of one row per version: which versions exist after which commits.
final class HistoryTest extends LoadTestCase {

  private static final String VERSIONS =
      """
      select id, city, _valid_from::date, _deleted_at::date
      from shop.customers order by _account, id, _valid_from
      """;

  private static final String ALL =
      """
      select _account, id, city, _valid_from, _extracted_at, _deleted_at, _seq, _rest
      from shop.customers order by _account, id, _valid_from
      """;

  @BeforeEach
  void writeContract() {
    shop()
        .write(
            "tables/customers.yaml",
            """
            table: customers
            stream: customer
            mode: history
            key: [id]
            description: Customers.
            columns:
              - {name: id, type: bigint, description: Number.}
              - {name: city, type: text, description: Where they live.}
            """);
  }

  private static String in(String city) {
    return "{\"id\":1,\"city\":\"%s\"}".formatted(city);
  }

  private LoadRun run() {
    LoadRun run = loading(lake("shop")).load("run", "shop");
    assertThat(run.exit()).as(run.output()).isZero();
    return run;
  }

  @Test
  void keepsAVersionForEachChangeAndDropsEqualOnes() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Bonn")));
    lake.commit("ann", 2, c -> c.upsert("customer", 1, in("Bonn")));
    lake.commit("ann", 3, c -> c.upsert("customer", 1, in("Ulm")));
    assertThat(run().changes("customers")).isEqualTo("3/2/0/0");
    lake.commit("ann", 4, c -> c.upsert("customer", 1, in("Ulm")));
    assertThat(run().changes("customers")).isEqualTo("1/0/0/0");
    lake.commit("ann", 5, c -> c.upsert("customer", 1, in("Bonn")));
    assertThat(run().changes("customers")).isEqualTo("1/1/0/0");
    assertThat(warehouse.rows(VERSIONS))
        .containsExactly("1|Bonn|2026-11-01|", "1|Ulm|2026-11-03|", "1|Bonn|2026-11-05|");
  }

  @Test
  void aTombstoneEndsTheLastVersionAndALaterRecordStartsANewOne() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Bonn")));
    run();
    lake.commit("ann", 2, c -> c.delete("customer", 1));
    assertThat(run().changes("customers")).isEqualTo("1/0/0/1");
    lake.commit("ann", 3, c -> c.delete("customer", 1));
    assertThat(run().changes("customers")).isEqualTo("1/0/0/0");
    lake.commit("ann", 4, c -> c.upsert("customer", 1, in("Bonn")));
    run();
    assertThat(warehouse.rows(VERSIONS))
        .containsExactly("1|Bonn|2026-11-01|2026-11-02", "1|Bonn|2026-11-04|");
  }

  @Test
  void anOlderVersionThatArrivesLateTakesItsPlace() {
    TestLake lake = lake("shop");
    lake.commit("ann", 5, c -> c.upsert("customer", 1, in("Ulm")));
    run();
    lake.commit("ann", 3, c -> c.upsert("customer", 1, in("Ulm")));
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Bonn")));
    assertThat(run().changes("customers")).isEqualTo("2/2/1/0");
    assertThat(warehouse.rows(VERSIONS)).containsExactly("1|Bonn|2026-11-01|", "1|Ulm|2026-11-03|");
  }

  @Test
  void theLastRecordForAnInstantCounts() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Bonn")));
    run();
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Ulm")));
    assertThat(run().changes("customers")).isEqualTo("1/0/1/0");
    lake.commit("ann", 1, c -> c.delete("customer", 1));
    run();
    assertThat(warehouse.rows(VERSIONS)).containsExactly("1|Ulm|2026-11-01|2026-11-01");
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Ulm")));
    run();
    assertThat(warehouse.rows(VERSIONS)).containsExactly("1|Ulm|2026-11-01|");
  }

  @Test
  void aVersionDroppedByAnEarlierLoadReappearsAfterALateRecordOnlyIfAllIsLoadedAgain() {
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("customer", 1, in("Bonn")));
    lake.commit("ann", 3, c -> c.upsert("customer", 1, in("Bonn")));
    run();
    lake.commit("ann", 2, c -> c.upsert("customer", 1, in("Ulm")));
    run();
    assertThat(warehouse.rows(VERSIONS)).containsExactly("1|Bonn|2026-11-01|", "1|Ulm|2026-11-02|");
    warehouse.execute("truncate shop.customers; delete from ops.published");
    run();
    assertThat(warehouse.rows(VERSIONS))
        .containsExactly("1|Bonn|2026-11-01|", "1|Ulm|2026-11-02|", "1|Bonn|2026-11-03|");
  }

  @Test
  void aCheckSeesTheVersionsThatWillBePublished() {
    shop()
        .write(
            "checks.yaml", "checks: [{name: versions, severity: warn, description: All there is.}]")
        .write(
            "checks/versions.sql",
            """
            select
                _account as account,
                concat_ws('|', id, city, _valid_from::date, _deleted_at::date, _seq) as what
            from customers_next
            """);
    TestLake lake = lake("shop");
    lake.commit(
        "ann", 1, c -> c.upsert("customer", 1, in("Bonn")).upsert("customer", 2, "{\"id\":2}"));
    assertCheckSawWhatWasPublished(run());
    lake.commit("ann", 1, c -> c.delete("customer", 1)); // at the same instant as its version
    assertCheckSawWhatWasPublished(run());
    lake.commit("ann", 3, c -> c.upsert("customer", 1, in("Ulm")));
    lake.commit("ann", 4, c -> c.upsert("customer", 1, in("Ulm")));
    lake.commit("ann", 5, c -> c.delete("customer", 1));
    assertCheckSawWhatWasPublished(run());
    assertThat(warehouse.rows(VERSIONS))
        .containsExactly(
            "1|Bonn|2026-11-01|2026-11-01", "1|Ulm|2026-11-03|2026-11-05", "2||2026-11-01|");
  }

  private void assertCheckSawWhatWasPublished(LoadRun run) {
    List<String> seen = new ArrayList<>();
    run.report()
        .path("checks")
        .path(0)
        .path("examples")
        .forEach(finding -> seen.add(finding.path("what").asText()));
    assertThat(seen)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            warehouse.rows(
                "select concat_ws('|', id, city, _valid_from::date, _deleted_at::date, _seq) from shop.customers"));
  }

  @Test
  void severalLoadsGiveTheSameResultAsOneAndLoadingAgainChangesNothing() {
    TestLake lake = lake("shop");
    List<String> cities = List.of("Bonn", "Bonn", "", "Ulm", "Ulm", "", "Ulm", "Bonn");
    for (int day = 1; day <= cities.size(); day++) {
      String city = cities.get(day - 1);
      lake.commit(
          "ann",
          day,
          c -> {
            if (city.isEmpty()) {
              c.delete("customer", 1);
            } else {
              c.upsert("customer", 1, in(city));
            }
          });
      run();
    }
    List<String> daily = warehouse.rows(ALL);
    warehouse.execute("delete from ops.published");
    assertThat(run().changes("customers")).isEqualTo("8/0/0/0");
    assertThat(warehouse.rows(ALL)).isEqualTo(daily);
    warehouse.execute("truncate shop.customers; delete from ops.published");
    run();
    assertThat(warehouse.rows(ALL)).isEqualTo(daily);
    assertThat(warehouse.rows(VERSIONS))
        .containsExactly(
            "1|Bonn|2026-11-01|2026-11-03",
            "1|Ulm|2026-11-04|2026-11-06",
            "1|Ulm|2026-11-07|",
            "1|Bonn|2026-11-08|");
  }
}
