package dev.paceline.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a YAML file is read, and what is reported about one that cannot be.
class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: no                 | {"a":"no"}
          a: 007                | {"a":"007"}
          a: 0x1F               | {"a":"0x1F"}
          a: 2026-01-01         | {"a":"2026-01-01"}
          a: 1_000              | {"a":"1_000"}
          a: 12:30              | {"a":"12:30"}
          a: "5"                | {"a":"5"}
          a: !!str 5            | {"a":"5"}
          a: -5                 | {"a":-5}
          a: 0.5                | {"a":0.5}
          a: 12345678901234567890 | {"a":12345678901234567890}
          a: true               | {"a":true}
          a: ~                  | {"a":null}
          a:                    | {"a":null}
          a: {b: [1, {c: x}]}   | {"a":{"b":[1,{"c":"x"}]}}
          """)
  void readsAPlainScalarAsAnEditorShowsIt(String yaml, String json) throws IOException {
    assertThat(read(yaml).toString()).isEqualTo(new ObjectMapper().readTree(json).toString());
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() {
    assertThat(read("\uFEFFa: 1").path("a").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                       | line 1, column 1: the file is empty
          `# nothing yet`          | line 1, column 1: the file is empty
          `a: 1\\n\\tb: 2`         | line 2, column 1: tabs cannot be used to indent: use spaces
          `a: 1\\n---\\nb: 2`      | line 2, column 1: a second document begins here: a file must contain only one
          `a: 1\\nb:\\n  a: 2\\na: 3` | line 4, column 1: a: is defined twice, first in line 1
          `b: [{c: 1, c: 2}]`      | line 1, column 12: b[0].c: is defined twice, first in line 1
          `a: &x {b: 1}\\nc: 1`    | line 1, column 1: a: anchors (&, *) and merges (<<) are not supported: write the members out
          `a: &x [*x]`             | line 1, column 1: a: anchors (&, *) and merges (<<) are not supported: write the members out
          `a:\\n  <<: {b: 1}`      | line 2, column 3: a: anchors (&, *) and merges (<<) are not supported: write the members out
          `a: !secret b`           | line 1, column 1: a: tags like !secret are not supported
          `a: !!int many`          | line 1, column 1: a: "many" is not a number
          `[a, b]: 1`              | line 1, column 1: a member's name must be a string
          `a: 1\\nb: \\u0007`      | line 2, column 4: the character U+0007 is not allowed in YAML
          `a: [1, 2`               | line 1, column 9: this is not YAML: expected ',' or ']', but got <stream end>
          """)
  void saysWhereAFileCannotBeRead(String yaml, String diagnostic) {
    assertThat(diagnostics(unescaped(yaml).getBytes(StandardCharsets.UTF_8))).isEqualTo(diagnostic);
  }

  @Test
  void saysWhereAFileIsNotUtf8() {
    assertThat(diagnostics("a: 1\nb: café".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("line 2, column 7: this is not UTF-8: save the file as UTF-8");
  }

  @Test
  void saysThatAFileIsNestedTooDeeply() {
    assertThat(diagnostics("[".repeat(200).getBytes(StandardCharsets.UTF_8)))
        .startsWith("line 1, column 1: it cannot be read: Nesting Depth exceeded");
  }

  @Test
  void reportsAllFaultsOfAFile() {
    assertThat(diagnostics("a: 1\na: 2\nb: !x y\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            """
            line 2, column 1: a: is defined twice, first in line 1
            line 3, column 1: b: tags like !x are not supported\
            """);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");
  }

  private static JsonNode read(String yaml) {
    return switch (Yaml.read(yaml.getBytes(StandardCharsets.UTF_8))) {
      case ParseResult.Valid<YamlTree>(YamlTree tree) -> tree.root();
      case ParseResult.Invalid<YamlTree>(List<Diagnostic> diagnostics) ->
          throw new AssertionError(diagnostics.toString());
    };
  }

  private static String diagnostics(byte[] yaml) {
    return switch (Yaml.read(yaml)) {
      case ParseResult.Valid<YamlTree> valid -> throw new AssertionError(valid.value().root());
      case ParseResult.Invalid<YamlTree>(List<Diagnostic> diagnostics) ->
          diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
    };
  }
}
