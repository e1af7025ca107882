package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.RandomThings;
import dev.paceline.load.fixture.TestLake;
import dev.paceline.load.fixture.TestSource;
import dev.paceline.load.fixture.TestWarehouse;
import dev.paceline.testing.FuzzFor;
import dev.paceline.testing.JsonSpeller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/// Whatever records are, Postgres takes the rows that they became.
@AddLifecycleHook(FuzzFor.class)
class StagePropertyTest {

  private static final String HEAD =
      """
      table: things
      stream: things
      mode: merge
      key: [id]
      description: Things.
      columns:
        - {name: id, type: bigint, in_record: false, description: Its number.}
      """;

  @Provide
  Arbitrary<List<byte[]>> records() {
    return Combinators.combine(RandomThings.records(), Arbitraries.longs())
        .as((Map<String, Object> record, Long seed) -> onOneLine(JsonSpeller.spell(record, seed)))
        .list()
        .ofSize(100);
  }

  private static byte[] onOneLine(byte[] json) {
    return new String(json, StandardCharsets.UTF_8)
        .replace('\n', ' ')
        .getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 8)
  void whatFitsIsTakenByPostgres(@ForAll("records") List<byte[]> records) throws IOException {
    Path folder = Files.createTempDirectory("stage");
    try (TestWarehouse warehouse = new TestWarehouse()) {
      LoadRun run = stage(folder, warehouse, records);
      assertThat(run.exit()).as(run.output()).isIn(0, 65);
      if (run.exit() == 65) {
        assertThat(run.error()).contains("not fit");
      }
    } finally {
      delete(folder);
    }
  }

  private static LoadRun stage(Path folder, TestWarehouse warehouse, List<byte[]> records) {
    StringBuilder contract = new StringBuilder(HEAD);
    for (int i = 0; i < RandomThings.TYPES.size(); i++) {
      contract.append(
          "  - {name: v%d, type: '%s', description: Any.}%n"
              .formatted(i, RandomThings.TYPES.get(i)));
    }
    Path sources = folder.resolve("sources");
    new TestSource(sources).write("tables/things.yaml", contract.toString());
    TestLake lake = new TestLake("shop", folder.resolve("lake"), "run-");
    lake.commit(
        "ann",
        1,
        c -> {
          for (int i = 0; i < records.size(); i++) {
            c.writer().upsert("things", "[%d]".formatted(i), c.at(), records.get(i));
          }
        });
    return new Loading(folder)
        .with(lake, warehouse)
        .set("PACELINE_SOURCES", sources.toString())
        .load("stage", "shop");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
