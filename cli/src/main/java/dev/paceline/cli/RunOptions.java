package dev.paceline.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that runs something, last in its help.
public final class RunOptions {

  @Option(
      names = "--report",
      paramLabel = "FILE",
      order = 1,
      description = "Also write the run's report to this file, as JSON.")
  @Nullable Path report;

  @Option(names = "--verbose", order = 2, description = "Log each step, and print stack traces.")
  boolean verbose;

  public Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  public boolean isVerbose() {
    return verbose;
  }
}
