package dev.paceline.extract;

import dev.paceline.cli.Reporting;
import dev.paceline.cli.Version;
import dev.paceline.cli.report.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// What all commands of extract share: a report, and a summary of it for a terminal.
///
/// Each declares its own [dev.paceline.cli.RunOptions] after its other options, because picocli
/// lists the options of a parent class first.
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ExtractCommand implements Callable<Integer>, Reporting {

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
}
