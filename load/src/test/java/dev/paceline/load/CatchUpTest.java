package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--catch-up`: a step that is repeated on its own, as after a task was cleared, ends well
/// whatever has happened to its load since.
final class CatchUpTest extends LoadTestCase {

  @BeforeEach
  void commit() {
    shop().valueOf("text");
    commit(1, "a");
  }

  private void commit(int number, String value) {
    lake("shop")
        .commit(
            "ann",
            number,
            c ->
                c.upsert(
                    "things", number, "{\"id\":%d,\"value\":\"%s\"}".formatted(number, value)));
  }

  private LoadRun load(String... arguments) {
    return loading(lake("shop")).load(arguments);
  }

  /// Repeats a step of load 1.
  private LoadRun repeat(String step) {
    LoadRun run = load(step, "shop", "--load-id", "1", "--catch-up");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.report().path("load_id").asInt()).isEqualTo(1);
    return run;
  }

  private void assertPublished(String... values) {
    assertThat(warehouse.rows("select value from shop.things order by id")).containsExactly(values);
    assertThat(warehouse.stageTables("shop")).isEmpty();
  }

  @Test
  void publishingChecksALoadThatWasStagedAndNotChecked() {
    load("stage", "shop");
    LoadRun published = repeat("publish");
    assertThat(published.report().has("checks")).isTrue();
    assertPublished("a");
  }

  @Test
  void publishingDoesNotCheckAgainWhatHasPassed() {
    load("stage", "shop");
    load("check", "shop");
    assertThat(repeat("publish").report().has("checks")).isFalse();
    assertPublished("a");
  }

  @Test
  void nothingOfTheLakeIsReadIfTheLoadIsStaged() {
    load("stage", "shop");
    String elsewhere = folder.resolve("no-lake").toUri().toString();
    for (String step : new String[] {"check", "publish"}) {
      LoadRun run = load(step, "shop", "--load-id", "1", "--catch-up", "--lake", elsewhere);
      assertThat(run.exit()).as(run.error()).isZero();
    }
    assertPublished("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "publish"})
  void aDiscardedLoadIsStagedAgainUnderItsId(String step) {
    load("stage", "shop");
    load("check", "shop");
    load("discard", "shop", "--load-id", "1");
    commit(2, "b");
    repeat(step);
    repeat("publish");
    assertPublished("a", "b");
    assertThat(warehouse.rows("select load_id from ops.loads")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "publish"})
  void aLoadThatAnotherHasReplacedIsStagedAgain(String step) {
    load("stage", "shop");
    load("stage", "shop");
    repeat(step);
    assertThat(repeat("publish").changes("things")).isEqualTo("1/1/0/0");
    assertPublished("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "publish"})
  void ifALaterLoadHasPublishedEverythingNothingIsLeftToDo(String step) {
    load("stage", "shop");
    load("run", "shop");
    repeat(step);
    repeat("publish");
    assertPublished("a");
    assertThat(warehouse.rows("select load_id from ops.loads order by finished_at"))
        .containsExactly("2", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncate shop_stage.things_1", "drop table shop_stage.things_1"})
  void aStageThatACrashHasEmptiedIsStagedAgain(String crash) {
    load("stage", "shop");
    load("check", "shop");
    warehouse.execute(crash);
    repeat("publish");
    assertPublished("a");
  }

  @Test
  void aPublishedLoadStaysAsItIs() {
    load("run", "shop");
    commit(2, "b");
    assertThat(repeat("check").output()).doesNotContain("passed");
    assertThat(repeat("publish").changes("things")).isEqualTo("1/1/0/0");
    assertPublished("a");
  }

  @Test
  void withoutALoadIdWhateverIsStagedIsContinuedOrElseStaged() {
    assertThat(load("publish", "shop", "--catch-up").exit()).isZero();
    assertPublished("a");
  }

  @Test
  void aHaltStaysAHalt() {
    shop()
        .write("checks.yaml", "checks:\n  - {name: none, severity: halt, description: None.}\n")
        .write(
            "checks/none.sql",
            "select _account as account, 'it is there' as what from things_staged\n");
    load("stage", "shop");
    assertThat(load("check", "shop", "--load-id", "1", "--catch-up").exit()).isEqualTo(65);
    LoadRun halted = load("publish", "shop", "--load-id", "1", "--catch-up");
    assertThat(halted.exit()).isEqualTo(65);
    assertThat(halted.error()).contains("a check halted the load, nothing was published");
    assertThat(warehouse.rows("select * from shop.things")).isEmpty();
  }

  @Test
  void aLoadThatIsRunningIsNotReplaced() throws SQLException {
    load("stage", "shop");
    try (Connection other = warehouse.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('dev.paceline.load source shop', 0))");
      for (String step : new String[] {"check", "publish"}) {
        assertThat(load(step, "shop", "--load-id", "7", "--catch-up").exit()).isEqualTo(75);
      }
    }
    assertThat(warehouse.rows("select load_id from ops.stage")).containsExactly("1");
  }
}
