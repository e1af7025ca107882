package dev.paceline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a command line says about options and arguments that it cannot use.
class OptionsTest {

  private static final String SECRET = "hushhush";

  @TempDir Path folder = Path.of("");
  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "--ds, 1970-01-01",
    "--ds, 9999-12-31",
    "--timeout, PT1M30S",
    "--timeout, PT8760H",
    "--count, -3",
    "--id, 123456789012345678"
  })
  void readsAValue(String option, String value) throws IOException {
    assertThat(run("walk", option, value)).isZero();

    assertThat(report().path(option.substring(2)).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "--ds, 2026-13-01, is not a date from 1970 on, YYYY-MM-DD",
    "--ds, 2026-02-30, is not a date from 1970 on, YYYY-MM-DD",
    "--ds, +99999-01-01, is not a date from 1970 on, YYYY-MM-DD",
    "--ds, 1969-12-31, is not a date from 1970 on, YYYY-MM-DD",
    "--ds, today, is not a date from 1970 on, YYYY-MM-DD",
    "--timeout, 5, is not a duration, PT5M",
    "--timeout, -PT5M, is not a positive duration, PT5M",
    "--timeout, PT9999999999999H, is longer than a year, PT5M",
    "--timeout, PT1H1H, is not a duration, PT5M",
    "--count, 1.5, is not a whole number, digits",
    "--count, 99999999999, is not a whole number, digits",
    "--id, 1234567890123456789, is not a whole number, digits",
    "--verbose, maybe, is a value for an option that takes none, leave"
  })
  void saysWhyItCannotUseAValue(String option, String value, String what, String remedy)
      throws IOException {
    assertThat(run("walk", option + "=" + value)).isEqualTo(64);

    assertThat(error("what")).isEqualTo("%s \"%s\" %s".formatted(option, value, what));
    assertThat(error("remedy")).contains(remedy);
  }

  @Test
  void namesTheVariableThatAValueCameFrom() throws IOException {
    variables.put("PACELINE_COUNT", "many");

    assertThat(run("walk")).isEqualTo(78);
    assertThat(error("what")).isEqualTo("PACELINE_COUNT \"many\" is not a whole number");

    assertThat(run("walk", "--count", "few")).isEqualTo(64);
    assertThat(error("what")).isEqualTo("--count \"few\" is not a whole number");
  }

  @Test
  void namesTheMemberOfTheFileThatAValueCameFrom() throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), "place: \"a\\0b\"\n");

    assertThat(run("walk")).isEqualTo(78);
    assertThat(error("what"))
        .isEqualTo(
            "place in %s \"a\uFFFDb\" is not the path of a file"
                .formatted(folder.resolve("paceline.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "--secret=hushhush, --secret",
    "-phushhush, -p",
    "--hushhush/1=x, --…",
  })
  void namesAnUnknownOptionWithoutItsValue(String argument, String shown) throws IOException {
    assertThat(run("walk", argument)).isEqualTo(64);

    assertThat(error("what")).isEqualTo("\"%s\" is not known here".formatted(shown));
    assertThat(output()).doesNotContain(SECRET);
  }

  @Test
  void doesNotShowWhatFollowsAnUnknownOption() throws IOException {
    assertThat(run("walk", "--secret", SECRET, "--other", "value")).isEqualTo(64);

    assertThat(error("what")).isEqualTo("\"--secret\", \"--other\" is not known here");
  }

  @Test
  void showsAnArgumentTooManyOnlyIfItIsAWord() throws IOException {
    assertThat(run("walk", "slowly")).isEqualTo(64);
    assertThat(error("what")).isEqualTo("\"slowly\" is not known here");

    assertThat(run("walk", "s3cr3t")).isEqualTo(64);
    assertThat(error("what")).isEqualTo("there is an argument too many");

    assertThat(run("0123456789abcdef")).isEqualTo(64);
    assertThat(output()).doesNotContain("0123456789abcdef");
  }

  @Test
  void doesNotTakeTheNextOptionForAValue() throws IOException {
    assertThat(run("walk", "--place")).isEqualTo(64);

    assertThat(error("what")).isEqualTo("--place needs a value");
  }

  @Test
  void doesNotShowAValueThatMayBeASecret() throws IOException {
    String token = "ya29a0AfB_byC8x7w6v5u4t3s2r1";

    assertThat(run("walk", "--ds", token)).isEqualTo(64);

    assertThat(output()).doesNotContain(token).contains("it may be a secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"count: 7\n", "\uFEFFcount: 7\n"})
  void readsAFileWithOrWithoutAByteOrderMark(String yaml) throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), yaml);

    assertThat(run("walk")).isZero();
    assertThat(report().path("count").asInt()).isEqualTo(7);
  }

  @Test
  void saysThatTheSettingsAreNotUtf8() throws IOException {
    Files.write(folder.resolve("paceline.yaml"), "count: é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(run("walk")).isEqualTo(78);
    assertThat(error("what")).isEqualTo("it is not UTF-8");
  }

  @Test
  void refusesSettingsOfASourceThatAreNoMapping() throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), "strava: 12345\n");
    Settings settings = Settings.read(environment());

    assertThatThrownBy(() -> settings.find("strava", "client_id"))
        .hasMessageContaining("it is not a mapping");
  }

  private int run(String... arguments) {
    out.reset();
    return Cli.of(new Tool(), environment()).with("walk", Walk::new).execute(arguments);
  }

  private Environment environment() {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Environment(variables, folder, print, print, false);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(output().lines().toList().getLast());
  }

  private String error(String part) throws IOException {
    return report().path("error").path(part).asText();
  }

  @Command(name = "tool", mixinStandardHelpOptions = true, version = "tool 1")
  private static final class Tool {}

  @Command(name = "walk")
  private static final class Walk implements Callable<Integer>, Reporting {

    private final Report report = new Report("tool", "walk");

    @Option(names = "--ds")
    @Nullable LocalDate ds;

    @Option(names = "--timeout")
    @Nullable Duration timeout;

    @Option(names = "--count", description = "PACELINE_COUNT")
    @Nullable Integer count;

    @Option(names = "--id")
    @Nullable Long id;

    @Option(names = "--place", description = "PACELINE_PLACE")
    @Nullable Path place;

    @Mixin RunOptions options = new RunOptions();

    @Override
    public Integer call() {
      report
          .put("ds", String.valueOf(ds))
          .put("timeout", String.valueOf(timeout))
          .put("count", String.valueOf(count))
          .put("id", String.valueOf(id))
          .put("place", String.valueOf(place));
      report.ended(Exit.DONE);
      return 0;
    }

    @Override
    public Report report() {
      return report;
    }

    @Override
    public String summary() {
      return "";
    }

    @Override
    public RunOptions options() {
      return options;
    }
  }
}
