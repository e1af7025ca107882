package dev.paceline.cli;

import dev.paceline.cli.report.Report;

/// A command that ends with a report.
public interface Reporting {

  /// The report, begun when the command was made.
  Report report();

  /// What a person at a terminal reads instead: a few plain lines.
  String summary();

  RunOptions options();
}
