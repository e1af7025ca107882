package dev.paceline.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFolderTest {

  @TempDir Path sources = Path.of("");

  @Test
  void readsAFileOfTheUsersOwnSource() throws IOException {
    write("toy/api.yaml", "name: toy\nsize: 3\n");

    assertThat(open("toy").read("api.yaml", Toy.class)).isEqualTo(new Toy("toy", 3));
  }

  @Test
  void listsTheFilesOfAFolderInOrder() throws IOException {
    write("toy/tables/b.yaml", "");
    write("toy/tables/a.yaml", "");

    assertThat(open("toy").list("tables")).isEqualTo(List.of("a.yaml", "b.yaml"));
    assertThat(open("toy").list("checks")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "../toy", "Toy", ""})
  void saysThatThereIsNoSuchSource(String source) {
    assertThatThrownBy(() -> open(source))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE))
        .hasMessageContaining("\"" + source + "\"");
  }

  @Test
  void saysThatTheUsersOwnFolderDoesNotExist() {
    Optional<Path> absent = Optional.of(sources.resolve("absent"));

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> SourceFolder.open("toy", absent), () -> SourceFolder.names("api.yaml", absent))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
          .hasMessageContaining("absent: there is no such folder");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name: toy\nsize: 3\ncolour: red\n", "name: toy\nsize: many\n", "- a\n"})
  void namesTheFileAndTheLineOfAMistake(String yaml) throws IOException {
    write("toy/api.yaml", yaml);

    assertThatThrownBy(() -> open("toy").read("api.yaml", Toy.class))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessageContaining("api.yaml")
        .hasMessageContaining("line ");
  }

  @Test
  void saysWhyARecordRefusesAValue() throws IOException {
    write("toy/api.yaml", "name: toy\nsize: -1\n");

    assertThatThrownBy(() -> open("toy").read("api.yaml", Toy.class))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("size -1 is negative");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          colour | colour: there is no such member
          nmae   | nmae: there is no such member; did you mean name?
          """)
  void saysWhichMemberIsUnknown(String member, String diagnostic) throws IOException {
    write("toy/api.yaml", "name: toy\nsize: 3\n%s: red\n".formatted(member));

    assertThatThrownBy(() -> open("toy").read("api.yaml", Toy.class))
        .hasMessage(
            "Reading api.yaml of the source toy: line 3, column 1: %s; correct the file.",
            diagnostic);
  }

  @Test
  void appliesTheChecksOfItsCaller() throws IOException {
    write("toy/api.yaml", "size: 3\nname: doll\n");

    assertThatThrownBy(() ->
            open("toy")
                .read(
                    "api.yaml",
                    Toy.class,
                    toy -> List.of(Finding.at("/name", "is not this toy's"))))
        .hasMessageContaining("line 2, column 1: name: is not this toy's");
  }

  @Test
  void listsTheSourcesThatHaveAFile() throws IOException {
    write("toy/api.yaml", "");
    write("doll/tables/a.yaml", "");
    write("No Source/api.yaml", "");
    write("README.md", "");

    assertThat(SourceFolder.names("api.yaml", Optional.of(sources))).isEqualTo(List.of("toy"));
  }

  private SourceFolder open(String source) {
    return SourceFolder.open(source, Optional.of(sources));
  }

  private void write(String name, String text) throws IOException {
    Path file = sources.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  record Toy(String name, int size) {
    Toy {
      if (size < 0) {
        throw new IllegalArgumentException("size %d is negative".formatted(size));
      }
    }
  }
}
