package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestBucket;
import dev.paceline.load.fixture.TestLake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which lakes a load reads, on each store: one that exists, and always the same.
@ParameterizedClass
@EnumSource(LakesTest.Kind.class)
final class LakesTest extends LoadTestCase {

  enum Kind {
    FILES,
    S3
  }

  private final Kind kind;
  private final TestBucket bucket = new TestBucket();

  LakesTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void writeContract() {
    shop().valueOf("text");
  }

  @AfterEach
  void leaveBucket() {
    bucket.close();
  }

  private TestLake lakeAt(String name, String run) {
    return kind == Kind.S3
        ? TestLake.inBucket("shop", bucket, "some/" + name, run)
        : new TestLake("shop", folder.resolve("some").resolve(name), run);
  }

  private LoadRun load(TestLake lake, String step) {
    return loading(lake).load(step, "shop");
  }

  private static TestLake with(TestLake lake, String account, int day, int... ids) {
    lake.commit(
        account,
        day,
        c -> {
          for (int id : ids) {
            c.upsert("things", id, "{\"id\":%d}".formatted(id));
          }
        });
    return lake;
  }

  private static void assertFailed(LoadRun run, int exit, String... words) {
    assertThat(run.exit()).as(run.output()).isEqualTo(exit);
    assertThat(run.error()).contains(words);
  }

  private void assertThings(String... rows) {
    assertThat(warehouse.rows("select _account, id from shop.things order by 1, 2"))
        .containsExactly(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "stage", "status"})
  void refusesALakeThatIsNotThereAndCreatesNothing(String step) {
    with(lakeAt("lake", "run-"), "ann", 1, 1);
    TestLake typo = lakeAt("lkae", "run-");

    assertFailed(load(typo, step), 78, typo.uri(), "there is no lake", "correct --lake");

    if (kind == Kind.FILES) {
      assertThat(typo.folder()).doesNotExist();
    }
    try (ObjectStore store = typo.open()) {
      assertThat(store.list("", "")).isEmpty();
    }
    assertThat(warehouse.rows("select to_regnamespace('ops') is null")).containsExactly("t");
  }

  @Test
  void hasNothingNewInALakeWithoutACommit() {
    TestLake lake = lakeAt("lake", "run-").create();

    LoadRun run = load(lake, "run");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.report().path("commits").isEmpty()).isTrue();
    with(lake, "ann", 1, 1);
    assertThat(load(lake, "run").exit()).isZero();
    assertThings("ann|1");
  }

  @Test
  void refusesADamagedId() {
    TestLake lake = lakeAt("lake", "run-").create();
    try (ObjectStore store = lake.open()) {
      String etag = store.read("lake.json").orElseThrow().etag();
      store.putIfMatch("lake.json", new byte[] {'{'}, etag);
    }

    for (String step : new String[] {"run", "stage", "status"}) {
      assertFailed(
          load(lake, step), 65, lake.uri() + "/lake.json is damaged", "restore that object");
    }
  }

  @Test
  void showsTheIdOfTheLakeAndOfTheOneTheWarehouseWasFilledFrom() {
    TestLake lake = with(lakeAt("lake", "run-"), "ann", 1, 1);
    TestLake other = lakeAt("other", "run-").create();

    LoadRun before = load(lake, "status");
    assertThat(before.report().path("lake").asText()).isEqualTo(lake.id());
    assertThat(before.report().has("filled_from")).isFalse();
    load(lake, "run");
    LoadRun after = load(other, "status");

    assertThat(after.exit()).isZero();
    assertThat(after.report().path("lake").asText()).isEqualTo(other.id());
    assertThat(after.report().path("filled_from").asText()).isEqualTo(lake.id());
  }

  @Test
  void refusesAnotherLakeWhateverIsInIt() {
    TestLake lake = with(lakeAt("lake", "run-"), "ann", 1, 1);
    load(lake, "run");
    TestLake empty = lakeAt("empty", "run-").create();
    TestLake same = with(with(lakeAt("same", "run-"), "ann", 1, 1), "ann", 2, 2);
    TestLake foreign = with(lakeAt("foreign", "run-"), "bob", 1, 3);

    for (TestLake other : new TestLake[] {empty, same, foreign}) {
      for (String step : new String[] {"run", "stage"}) {
        assertFailed(load(other, step), 78, other.id(), lake.id(), other.uri(), "correct --lake");
      }
    }

    assertThings("ann|1");
    assertThat(warehouse.rows("select account, lake from ops.published"))
        .containsExactly("ann|" + lake.id());
  }

  @Test
  void continuesWhenAnAccountWasPurgedFromTheLake() {
    TestLake lake = with(with(lakeAt("lake", "run-"), "ann", 1, 1), "bob", 1, 2);
    load(lake, "run");
    purge(lake, "ann");
    with(lake, "bob", 2, 3);

    LoadRun run = load(lake, "run");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.report().path("commits").fieldNames()).toIterable().containsExactly("bob");
    assertThings("ann|1", "bob|2", "bob|3");
    assertThat(load(lake, "status").report().path("accounts").path("ann").toString())
        .isEqualTo("{\"committed\":0,\"published\":1,\"waiting\":0}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void skipsNothingOfALogThatWasBegunAgain(int commits) {
    TestLake lake = lakeAt("lake", "run-");
    for (int day = 1; day <= 2; day++) {
      with(lake, "ann", day, day);
    }
    load(lake, "run");
    purge(lake, "ann");
    for (int day = 11; day < 11 + commits; day++) {
      with(lake, "ann", day, day);
    }

    assertFailed(load(lake, "run"), 65, "log/shop/ann/", "the log was begun again", "run-2");
    assertThings("ann|1", "ann|2");

    warehouse.execute(
        "delete from shop.things where _account = 'ann';"
            + "delete from ops.published where source = 'shop' and account = 'ann'");
    assertThat(load(lake, "run").exit()).as("what it says to do").isZero();
    assertThat(warehouse.rows("select count(*), min(id) from shop.things"))
        .containsExactly(commits + "|11");
  }

  private static void purge(TestLake lake, String account) {
    try (ObjectStore store = lake.open()) {
      for (String key : store.list("log/shop/%s/".formatted(account), "")) {
        store.deleteIfMatch(key, store.read(key).orElseThrow().etag());
      }
    }
  }
}
