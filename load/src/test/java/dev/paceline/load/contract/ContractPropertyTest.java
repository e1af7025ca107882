package dev.paceline.load.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.testing.FuzzFor;
import dev.paceline.testing.JsonSpeller;
import dev.paceline.testing.RandomJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/// Whatever is in the files of a source, they are a contract, or a failure of configuration that
/// names the file; nothing else is ever thrown.
@AddLifecycleHook(FuzzFor.class)
class ContractPropertyTest {

  private static final String TABLE =
      """
      table: things
      stream: things
      mode: merge
      key: [id]
      description: Things.
      columns:
        - {name: id, type: bigint, required: true, in_record: true, description: Its number.}
        - {name: maker, type: 'text[]', path: made.by, description: Who made it.}
      ignore: [made.at, 'x.y']
      """;

  private static final String CHECKS =
      """
      checks:
        - name: volume
          severity: halt
          description: Too few.
        - name: twice
          severity: warn
          description: "Doubled"
      """;

  private final Path sources = temporaryFolder();

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("contracts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeTry
  void writeTheSource() throws IOException {
    write("tables/things.yaml", TABLE.getBytes(StandardCharsets.UTF_8));
    write("checks.yaml", CHECKS.getBytes(StandardCharsets.UTF_8));
    write("checks/volume.sql", "select 1".getBytes(StandardCharsets.UTF_8));
    write("checks/twice.sql", "select 1".getBytes(StandardCharsets.UTF_8));
  }

  @AfterTry
  void deleteTheSource() throws IOException {
    for (String name :
        new String[] {
          "tables/things.yaml",
          "checks.yaml",
          "checks/volume.sql",
          "checks/twice.sql",
          "checks",
          "tables",
          ""
        }) {
      Files.delete(sources.resolve("shop").resolve(name));
    }
    Files.delete(sources);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = sources.resolve("shop").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Provide
  Arbitrary<byte[]> tables() {
    return RandomJson.damaged(Arbitraries.just(TABLE.getBytes(StandardCharsets.UTF_8)));
  }

  @Provide
  Arbitrary<byte[]> checks() {
    return RandomJson.damaged(Arbitraries.just(CHECKS.getBytes(StandardCharsets.UTF_8)));
  }

  /// JSON is YAML.
  @Provide
  Arbitrary<byte[]> trees() {
    return Combinators.combine(RandomJson.values(), Arbitraries.longs()).as(JsonSpeller::spell);
  }

  @Provide
  Arbitrary<byte[]> replaced() {
    Arbitrary<String> members =
        Arbitraries.of(
            "things",
            "merge",
            "[id]",
            "Things.",
            "bigint",
            "true",
            "'text[]'",
            "made.by",
            "[made.at, 'x.y']",
            "maker");
    return Combinators.combine(members, RandomJson.values(), Arbitraries.longs())
        .as((member, value, seed) -> {
          String spelled = new String(JsonSpeller.spell(value, seed), StandardCharsets.UTF_8);
          return TABLE.replace(member, spelled).getBytes(StandardCharsets.UTF_8);
        });
  }

  @Property
  void aDamagedTable(@ForAll("tables") byte[] yaml) throws IOException {
    write("tables/things.yaml", yaml);
    assertContractOrFailure("tables");
  }

  @Property
  void aTableWithAnotherValue(@ForAll("replaced") byte[] yaml) throws IOException {
    write("tables/things.yaml", yaml);
    assertContractOrFailure("tables");
  }

  @Property
  void aDamagedListOfChecks(@ForAll("checks") byte[] yaml) throws IOException {
    write("checks.yaml", yaml);
    assertContractOrFailure("checks");
  }

  @Property
  void anyTree(@ForAll("trees") byte[] yaml, @ForAll boolean checks) throws IOException {
    write(checks ? "checks.yaml" : "tables/things.yaml", yaml);
    assertContractOrFailure(checks ? "checks" : "tables");
  }

  private void assertContractOrFailure(String file) {
    try {
      SourceContract contract =
          SourceContract.read(SourceFolder.open("shop", Optional.of(sources)));
      assertThat(contract.tables()).hasSize(1);
    } catch (Failure failure) {
      assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION);
      assertThat(failure).hasMessageContaining(file);
    }
  }
}
