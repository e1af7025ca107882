package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.Commit;
import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lake that somebody or something has changed: nothing of a damaged log is published, and what
/// is none of ours does no harm.
final class DamagedLogTest extends LoadTestCase {

  private static final String FIRST = LakeLayout.commit("shop", "ann", 1);

  private TestLake lake = new TestLake("shop", Path.of(""), "");

  @BeforeEach
  void writeContract() {
    shop().valueOf("text");
    lake = lake("shop");
  }

  private Commit commit(int day) {
    return lake.commit(
        "ann", day, c -> c.upsert("things", day, "{\"id\":%d,\"value\":\"a\"}".formatted(day)));
  }

  private LoadRun load(String step) {
    return loading(lake).load(step, "shop");
  }

  private void assertRefused(LoadRun run, String key) {
    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error()).contains(lake.uri() + "/" + key).contains("restore the object");
    assertThat(warehouse.rows("select * from ops.loads")).isEmpty();
    assertThat(warehouse.rows("select * from ops.stage")).isEmpty();
    assertThat(warehouse.rows("select * from ops.published")).isEmpty();
  }

  @Test
  void refusesACommitUnderTheNameOfALaterOne() throws IOException {
    commit(1);
    commit(2);
    commit(3);
    Path second = lake.folder().resolve(LakeLayout.commit("shop", "ann", 2));
    Path third = lake.folder().resolve(LakeLayout.commit("shop", "ann", 3));
    Files.writeString(second, Files.readString(second).replace("\"number\":2", "\"number\":3"));

    assertRefused(load("run"), LakeLayout.commit("shop", "ann", 2));
    Files.delete(second);
    assertRefused(load("run"), LakeLayout.commit("shop", "ann", 2));
    Files.copy(third, second);
    assertRefused(load("run"), LakeLayout.commit("shop", "ann", 2));
  }

  @Test
  void ignoresWhatIsNotPartOfTheLog() throws IOException {
    commit(1);
    Path log = lake.folder().resolve(LakeLayout.log("shop", "ann"));
    Files.write(log.resolve(".DS_Store"), new byte[] {0, 0, 0, 1});
    Files.write(log.resolveSibling(".DS_Store"), new byte[] {0, 0, 0, 1});
    Files.writeString(log.resolve("0000000002.json.swp"), "{}");
    Files.createDirectories(log.resolve("old"));
    Files.copy(lake.folder().resolve(FIRST), log.resolve("old/0000000002.json"));

    LoadRun run = load("run");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(warehouse.rows("select id from shop.things")).containsExactly("1");
    assertThat(load("status").report().path("accounts").toString())
        .isEqualTo("{\"ann\":{\"committed\":1,\"published\":1,\"waiting\":0}}");
  }

  @Test
  void refusesAFolderInPlaceOfAPart() throws IOException {
    String key = commit(1).parts().getFirst().key();
    Files.delete(lake.folder().resolve(key));
    Files.createDirectory(lake.folder().resolve(key));

    LoadRun run = load("run");

    assertThat(run.exit()).as(run.output()).isEqualTo(65);
    assertThat(run.error()).contains(lake.uri() + "/" + key).contains("there is a folder");
  }

  @Test
  void namesPartAndCommitIfTheyDisagree() throws IOException {
    String key = commit(1).parts().getFirst().key();
    Path object = lake.folder().resolve(FIRST);
    String commit = Files.readString(object);
    List<String> damaged =
        List.of(
            commit.replaceFirst("\"rows\":1", "\"rows\":2"),
            commit.replaceFirst("\"bytes\":", "\"bytes\":1"),
            commit.replaceFirst("\"sha256\":\".{8}", "\"sha256\":\"00000000"));
    for (String each : damaged) {
      Files.writeString(object, each);

      LoadRun run = load("run");

      assertRefused(run, key);
      assertThat(run.error()).endsWith("or its commit, from a backup or an older version.");
    }
  }

  @Test
  void readsALakeWithoutTheFoldersOfAWriter() throws IOException {
    commit(1);
    Files.delete(lake.folder().resolve(".tmp"));
    Files.delete(lake.folder().resolve(".lock"));

    assertThat(load("run").exit()).isZero();
    assertThat(load("status").exit()).isZero();

    assertThat(warehouse.rows("select id from shop.things")).containsExactly("1");
    assertThat(lake.folder().resolve(".tmp")).doesNotExist();
    assertThat(lake.folder().resolve(".lock")).doesNotExist();
  }
}
