package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.LakeLayout;
import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import dev.paceline.load.fixture.TestSource;
import dev.paceline.load.fixture.TestWarehouse;
import dev.paceline.testing.CommitDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Of a damaged commit nothing is published. All cases share a lake and a warehouse, which none of
/// them changes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamagedCommitTest {

  private static final String FIRST = LakeLayout.commit("shop", "ann", 1);

  private final TestWarehouse warehouse = new TestWarehouse();
  private TestLake lake = new TestLake("shop", Path.of(""), "");
  private Path object = Path.of("");
  private byte[] commit = {};
  private Loading loading = new Loading(Path.of(""));

  @BeforeAll
  void commit(@TempDir Path folder) throws IOException {
    new TestSource(folder.resolve("sources")).valueOf("text");
    lake = new TestLake("shop", folder.resolve("lake"), "run-");
    lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1,\"value\":\"a\"}"));
    object = lake.folder().resolve(FIRST);
    commit = Files.readAllBytes(object);
    loading =
        new Loading(folder)
            .with(lake, warehouse)
            .set("PACELINE_SOURCES", folder.resolve("sources").toString());
  }

  @AfterAll
  void dropWarehouse() {
    warehouse.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.paceline.testing.CommitDamage#all")
  void isRefusedAndNamed(CommitDamage damage) throws IOException {
    assertRefused("run", damage.applyTo(commit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", "run"})
  void isRefusedByEachStepThatReadsTheLake(String step) throws IOException {
    assertRefused(step, new byte[0]);
  }

  private void assertRefused(String step, byte[] damaged) throws IOException {
    Files.write(object, damaged);

    LoadRun run = loading.load(step, "shop");

    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error()).contains(lake.uri() + "/" + FIRST, "restore the object");
    assertThat(Files.readAllBytes(object)).as("it is left alone").isEqualTo(damaged);
    assertThat(
            warehouse.rows(
                "select (select count(*) from ops.stage) + (select count(*) from ops.loads)"))
        .containsExactly("0");
  }
}
