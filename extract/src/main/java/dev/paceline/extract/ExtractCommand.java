package dev.paceline.extract;

import dev.paceline.cli.Reporting;
import dev.paceline.cli.RunOptions;
import dev.paceline.cli.Version;
import dev.paceline.cli.report.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What all commands of extract share: the options of a run, its report, and a summary of it for a
/// terminal.
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ExtractCommand implements Callable<Integer>, Reporting {

  @Mixin RunOptions options = new RunOptions();

  private final Report report;
  private String summary = "";

  /// @param name of the subcommand
  ExtractCommand(String name) {
    this.report = new Report("extract", name);
  }

  final void summarize(String text) {
    summary = text;
  }

  @Override
  public final Report report() {
    return report;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final RunOptions options() {
    return options;
  }
}
