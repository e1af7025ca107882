package dev.paceline.load.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.load.fixture.TestSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceContractTest {

  @TempDir Path folder = Path.of("");

  @Test
  void readsStravasTablesAndChecks() {
    SourceContract strava = SourceContract.read(SourceFolder.open("strava", Optional.empty()));
    assertThat(strava.tables())
        .extracting(TableContract::table)
        .containsExactly("activities", "athletes");
    assertThat(strava.tables().getFirst().mode()).isEqualTo(Mode.MERGE);
    assertThat(strava.tables().get(1).mode()).isEqualTo(Mode.HISTORY);
    assertThat(strava.checks()).extracting(Check::name).containsExactly("duplicates", "volume");
    assertThat(strava.checks())
        .extracting(Check::severity)
        .containsExactly(Severity.HALT, Severity.WARN);
  }

  @Test
  void refusesAFileThatSaysNothing() {
    TestSource shop = new TestSource(folder).valueOf("text").write("checks.yaml", "null\n");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() ->
            SourceContract.read(SourceFolder.open(TestSource.NAME, Optional.of(shop.sources()))))
        .withMessageContaining("Reading checks.yaml of the source shop")
        .withMessageContaining("the file is empty")
        .returns(Exit.CONFIGURATION, Failure::exit);
  }

  @Test
  void refusesATableOfTheElementsOfAListBecauseNoModePublishesIt() {
    TestSource shop = new TestSource(folder).valueOf("text");
    shop.write(
        "tables/laps.yaml",
        """
        table: laps
        stream: things
        rows: laps
        mode: merge
        key: [id]
        description: Laps.
        columns: [{name: id, type: bigint, in_record: false, description: The thing's number.}]
        """);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() ->
            SourceContract.read(SourceFolder.open(TestSource.NAME, Optional.of(shop.sources()))))
        .withMessageContaining("a table of the elements of a list (\"rows\") cannot be published");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '~',
      value = {
        "type: text ~ type: varchar ~ \"varchar\" is not a column type",
        "type: text ~ type: 'jsonb[]' ~ \"jsonb[]\" is not a column type",
        "name: value ~ name: _value ~ \"_value\" is not a valid column name",
        "name: value ~ name: xmin ~ \"xmin\" is not a valid column name: every table of Postgres has a column of that name",
        "name: value ~ name: a234567890123456789012345678901234567890123456789012345678901234 ~ is not a valid column name: at most 63",
        "table: things ~ table: a2345678901234567890123456789012345678901 ~ is not a valid table name: at most 40",
        "name: value ~ name: id ~ the column \"id\" is defined twice",
        "name: value ~ name: value, path: id.of ~ a path leads inside another path's value: id.of",
        "name: value ~ name: value, path: id ~ a path is used twice",
        "name: value ~ name: value, path: a..b ~ \"a..b\" is not a path",
        "key: [id] ~ key: [number] ~ the key \"number\" is not one of the columns",
        "key: [id] ~ key: [] ~ \"key\" is missing or empty",
        "mode: merge ~ mode: append ~ append",
        "stream: things ~ streem: things ~ \"stream\" is missing",
        "table: things ~ table: other ~ its table is called \"other\"",
        "key: [id] ~ key: [null] ~ key[0]: this element is empty: complete or remove it",
        "key: [id] ~ key: [[id]] ~ key",
        "mode: merge ~ mode: {} ~ mode",
        ", description: Any.} ~ , description: Any., in_record: false} ~ the column \"value\" has no value: it is neither in the record nor part of the key",
        ", description: Any.} ~ } ~ the column \"value\" has no description",
      })
  void namesTheFileAndTheMistakeInAContract(String right, String wrong, String said) {
    String contract =
        """
        table: things
        stream: things
        mode: merge
        key: [id]
        description: Things.
        columns:
          - {name: id, type: bigint, description: Its number.}
          - {name: value, type: text, description: Any.}
        """;
    assertThat(contract).contains(right);
    TestSource shop =
        new TestSource(folder).write("tables/things.yaml", contract.replace(right, wrong));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() ->
            SourceContract.read(SourceFolder.open(TestSource.NAME, Optional.of(shop.sources()))))
        .withMessageContaining("Reading tables/things.yaml of the source shop")
        .withMessageContaining(said)
        .returns(Exit.CONFIGURATION, Failure::exit);
  }
}
