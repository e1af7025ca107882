package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A source never writes to the schemas of another, of Paceline or of Postgres.
final class NamesTest extends LoadTestCase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops",
        "stg",
        "dwh",
        "mart",
        "public",
        "information_schema",
        "pg_foo",
        "lab_stage"
      })
  void refusesASourceWhoseSchemaHasAnotherPurpose(String name) {
    TestSource source = new TestSource(folder.resolve("sources"), name);
    source.valueOf("text");
    lake(name).commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
    LoadRun run = loading(lake(name)).load("run", name);
    assertThat(run.exit()).as(run.output()).isEqualTo(78);
    assertThat(run.error())
        .startsWith("Opening the source \"%s\": ".formatted(name))
        .endsWith("; give the source another name.");
    assertThat(warehouse.rows("select nspname from pg_namespace where nspname like 'lab%'"))
        .isEmpty();
  }

  @Test
  void loadsASourceWhoseNameIsLikeThat() {
    for (String name : new String[] {"lab", "opsy", "stage", "stage_lab", "pgfoo"}) {
      new TestSource(folder.resolve("sources"), name).valueOf("text");
      lake(name).commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1}"));
      LoadRun run = loading(lake(name)).load("run", name);
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(warehouse.rows("select id from %s.things".formatted(name))).containsExactly("1");
    }
  }
}
