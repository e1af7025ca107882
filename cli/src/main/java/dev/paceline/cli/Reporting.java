package dev.paceline.cli;

import dev.paceline.cli.report.Report;

/// A command that ends with a report.
public interface Reporting {

  /// The report, started when the command object was created.
  Report report();

  /// What is printed on a terminal instead: a few plain lines.
  String summary();

  RunOptions options();
}
