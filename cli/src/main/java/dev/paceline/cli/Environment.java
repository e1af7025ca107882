package dev.paceline.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The process's surroundings, read once at startup.
///
/// @param variables the environment variables
/// @param folder where `paceline.yaml` is looked for
/// @param out standard output
/// @param err standard error
/// @param isTerminal whether a user reads the output; otherwise each line of it is a JSON object
public record Environment(
    Map<String, String> variables,
    Path folder,
    PrintStream out,
    PrintStream err,
    boolean isTerminal) {

  public static Environment ofProcess() {
    return new Environment(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.out,
        System.err,
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
  }
}
