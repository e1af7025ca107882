package dev.paceline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import dev.paceline.cli.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CliTest {

  @TempDir Path folder = Path.of("");
  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void readsAnOptionFromItsFlagThenTheEnvironmentThenTheFile() throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), "target: the file\n");
    assertThat(run(false, "go")).isZero();
    assertThat(report().path("target").asText()).isEqualTo("the file");

    variables.put("PACELINE_TARGET", "the environment");
    run(false, "go");
    assertThat(report().path("target").asText()).isEqualTo("the environment");

    run(false, "go", "--target", "the flag");
    assertThat(report().path("target").asText()).isEqualTo("the flag");
  }

  @Test
  void endsWithTheReportAsItsLastLine() throws IOException {
    assertThat(run(false, "go", "--target", "here")).isZero();

    assertThat(report().path("report").asText()).isEqualTo("tool");
    assertThat(report().path("status").asText()).isEqualTo("done");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void writesTheReportToAFileAsWell() throws IOException {
    Path file = folder.resolve("report.json");

    run(false, "go", "--target", "here", "--report", file.toString());

    assertThat(new ObjectMapper().readTree(Files.readString(file))).isEqualTo(report());
  }

  @Test
  void printsTheSummaryOnATerminal() {
    assertThat(run(true, "go", "--target", "here")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("went here\n");
  }

  @Test
  void reportsAFailureInOneSentenceWithoutAStackTrace() throws IOException {
    assertThat(run(false, "go", "--target", "nowhere")).isEqualTo(69);

    assertThat(report().path("error").path("doing").asText()).isEqualTo("Going to nowhere");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ").hasLineCount(1);
  }

  @Test
  void printsAFailureToStandardErrorOnATerminal() {
    assertThat(run(true, "go", "--target", "nowhere")).isEqualTo(69);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("Going to nowhere: there is no road; build one.\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void leavesTheStreamsOfTheProcessOpen() {
    run(true, "go", "--target", "here");
    run(true, "go", "--target", "nowhere");

    assertThat(System.err.checkError()).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8)).isNotEmpty();
  }

  @Test
  void logsTheStackTraceOfABug() throws IOException {
    assertThat(run(false, "go", "--target", "a bug")).isEqualTo(70);

    assertThat(report().path("status").asText()).isEqualTo("bug");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("IllegalStateException")
        .contains("CliTest");
  }

  @Test
  void mapsPicoclisExitCodes() throws IOException {
    assertThat(run(false, "go", "--traget", "here")).isEqualTo(64);
    assertThat(report().path("error").path("what").asText()).contains("--traget");
    assertThat(report().path("error").path("remedy").asText()).isEqualTo("see tool go --help");

    assertThat(run(false, "stop")).isEqualTo(64);
  }

  @Test
  void createsOnlyTheCommandThatIsNamed() {
    Cli line =
        Cli.of(new Tool(), environment(true))
            .with("go", Go::new)
            .with(
                "stay",
                () -> {
                  throw new IllegalStateException("created, although it was not named");
                });

    assertThat(line.execute("go", "--target", "here")).isZero();
    assertThat(line.execute("--version")).isZero();
    assertThatThrownBy(() -> line.execute("--help"))
        .hasMessage("created, although it was not named");
  }

  @Test
  void listsAllCommandsInTheHelp() {
    assertThat(run(true, "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  go", "  generate-completion");
  }

  @Test
  void saysWhichLineOfTheFileIsWrong() throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), "target: here\nother: a: b\n");

    assertThat(run(false, "go")).isEqualTo(78);
    assertThat(report().path("error").path("doing").asText()).contains("paceline.yaml");
    assertThat(report().path("error").path("what").asText()).contains("line 2");
  }

  @Test
  void readsAListSettingFromTheFileOrTheEnvironment() throws IOException {
    Files.writeString(folder.resolve("paceline.yaml"), "strava:\n  accounts: [anna, ben]\n");
    assertThat(Settings.read(environment(false)).list("strava", "accounts"))
        .isEqualTo(List.of("anna", "ben"));

    variables.put("PACELINE_STRAVA_ACCOUNTS", "carl, dora");
    assertThat(Settings.read(environment(false)).list("strava", "accounts"))
        .isEqualTo(List.of("carl", "dora"));
  }

  @Test
  void neverPrintsASecret() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "hush\n");

    Secret secret = Secret.resolve("PACELINE_X", "file:" + file);

    assertThat(secret.reveal()).isEqualTo("hush");
    assertThat(secret).hasToString("***");
  }

  private int run(boolean terminal, String... arguments) {
    out.reset();
    err.reset();
    return Cli.of(new Tool(), environment(terminal)).with("go", Go::new).execute(arguments);
  }

  private Environment environment(boolean terminal) {
    return new Environment(
        variables, folder, new PrintStream(out, true), new PrintStream(err, true), terminal);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper()
        .readTree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
  }

  @Command(name = "tool", mixinStandardHelpOptions = true, version = "tool 1")
  private static final class Tool {}

  @Command(name = "go")
  private static final class Go implements Callable<Integer>, Reporting {

    private final Report report = new Report("tool", "go");

    @Option(names = "--target", description = "Where to go. PACELINE_TARGET")
    @Nullable String target;

    @Mixin RunOptions options = new RunOptions();

    @Override
    public Integer call() {
      report.put("target", String.valueOf(target));
      switch (String.valueOf(target)) {
        case "nowhere" ->
            throw new Failure(
                Exit.UNAVAILABLE, "Going to nowhere", "there is no road", "build one");
        case "a bug" -> throw new IllegalStateException("a bug");
        default -> report.ended(Exit.DONE);
      }
      return 0;
    }

    @Override
    public Report report() {
      return report;
    }

    @Override
    public String summary() {
      return "went " + target;
    }

    @Override
    public RunOptions options() {
      return options;
    }
  }
}
