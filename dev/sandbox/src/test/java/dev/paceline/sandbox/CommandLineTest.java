package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CommandLineTest {
  @TempDir private Path folder;

  private record Run(int exitCode, String out, String err) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          64 | serve --nonsense                      | --nonsense
          64 | serve --port many                     | many
          64 | serve --port 70000                    | between 0 and 65535
          64 | serve --limits 1/2                    | 400/4000,200/2000
          64 | serve --limits 0/2,1/1                | 400/4000,200/2000
          64 | serve --clock today                   | 2026-10-31T05:00:00Z
          64 | serve --since 2030-02-30              | 2030-02-30
          64 | serve --years 0                       | --years 0
          64 | serve --years 40                      | --since or --years
          64 | serve --athletes 51                   | between 1 and 50
          64 | serve --years 1 --activities 1000000  | --activities 1000000
          64 | serve --stream-points 0               | between 1 and 100000
          64 | ''                                    | See sandbox --help
          78 | serve --replay missing/folder         | missing/folder
          78 | serve --state missing/folder/s.json   | s.json
          78 | serve --client-secret-file missing/f  | missing/f
          """)
  void rejectsInvalidOptionsWithASentenceAndAnExitCode(
      int exitCode, String arguments, String expected) {
    Run run = run(arguments.isEmpty() ? new String[0] : arguments.split("\\s+", -1));
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(expected).doesNotContain("Exception", "\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void rejectsUnusableRecordings() throws IOException {
    assertThat(run("serve", "--replay", folder.toString()).err())
        .contains("contains no activities");
    Files.writeString(
        folder.resolve("a.jsonl"), "{\"id\":1,\"athlete\":{\"id\":2},\"start_date\":\"x\"}\n");
    Run run = run("serve", "--replay", folder.toString());
    assertThat(run.exitCode()).isEqualTo(78);
    assertThat(run.err()).contains("Line 1 of", "a.jsonl", "start_date");
  }

  @Test
  void reportsAnOccupiedPortInOneSentence() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = process("--port", Integer.toString(taken.getLocalPort()));
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(69);
        assertThat(Files.readString(folder.resolve("err")).lines())
            .singleElement()
            .asString()
            .startsWith("Port " + taken.getLocalPort());
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void printsHelpAndVersion() {
    assertThat(run("--help").out()).contains("serve");
    assertThat(run("serve", "--help").out().replaceAll("\\s+", " "))
        .contains("--clock", "Examples:")
        .contains("Tokens expire by this clock, too: clients that go by their own time");
    assertThat(run("--version"))
        .satisfies(run -> assertThat(run.exitCode()).isZero())
        .satisfies(run -> assertThat(run.out()).startsWith("sandbox "));
  }

  @Test
  void reportsItsUrlAndStopsPromptlyOnSigterm() throws IOException, InterruptedException {
    Path ready = folder.resolve("ready.json");
    Process process = process("--clock", "2026-10-31T05:00:00Z", "--ready-file", ready.toString());
    try {
      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      while (!Files.exists(ready) && process.isAlive() && Instant.now().isBefore(deadline)) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
      assertThat(RunningSandbox.parse(Files.readString(ready)).path("pid").longValue())
          .isEqualTo(process.pid());
      assertThat(RunningSandbox.parse(Files.readString(ready)).path("url").asText())
          .startsWith("http://127.0.0.1:");
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(Files.readString(folder.resolve("out")))
          .contains("serves 1 athlete; the clock is held at 2026-10-31T05:00:00Z.")
          .doesNotContain("Bearer");
      assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Runs the command line in its own process, with its output in files in the folder.
  private Process process(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Sandbox.class.getName(), "serve"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Sandbox.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
