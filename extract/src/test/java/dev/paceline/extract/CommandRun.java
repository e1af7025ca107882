package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.Environment;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.lake.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/// One run of `extract` without any settings, and its output.
record CommandRun(int exit, String output) {

  /// A run on a terminal.
  static CommandRun onTerminal(Path folder, String... arguments) {
    return run(true, folder, arguments);
  }

  static CommandRun of(Path folder, String... arguments) {
    return run(false, folder, arguments);
  }

  private static CommandRun run(boolean terminal, Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    RetryPolicy unused = new RetryPolicy(Duration.ofMillis(1), RandomGenerator.getDefault());
    int exit =
        Extract.commandLine(
                new Environment(Map.of(), folder, print, print, terminal),
                new StopSignal(),
                unused,
                time -> {},
                CommitLimits.STANDARD)
            .execute(arguments);
    return new CommandRun(exit, out.toString(StandardCharsets.UTF_8));
  }

  /// The last line.
  JsonNode report() {
    try {
      return Json.MAPPER.readTree(output.lines().toList().getLast());
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
