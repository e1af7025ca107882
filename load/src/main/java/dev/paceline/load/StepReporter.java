package dev.paceline.load;

import dev.paceline.cli.report.Report;
import dev.paceline.load.ops.CheckResult;
import dev.paceline.load.ops.Published;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.step.CheckOutcome;
import dev.paceline.load.step.StageResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reports each step: as members of the report, and as lines for the terminal.
final class StepReporter {

  private final Report report;
  private final SummaryLines lines;

  StepReporter(LoadCommand command) {
    this.report = command.report();
    this.lines = command.lines();
  }

  void staged(StageResult result) {
    Staged staged = result.staged();
    Map<String, Map<String, Long>> tables = new TreeMap<>();
    staged.rows().forEach((table, rows) -> tables.put(table, Map.of("staged", rows)));
    report
        .put("load_id", staged.loadId())
        .put("commits", staged.commits())
        .put("tables", tables)
        .put("drift", result.drift())
        .put("skipped", result.skipped());
    if (staged.isEmpty()) {
      lines.add("Load %d: nothing new in the lake.".formatted(staged.loadId()));
    }
    staged
        .commits()
        .forEach((account, range) ->
            lines.add(
                "Load %d: %s, commits %d to %d"
                    .formatted(staged.loadId(), account, range.from(), range.to())));
    staged
        .rows()
        .forEach((table, rows) -> lines.add("  %s: %,d rows staged".formatted(table, rows)));
    result
        .drift()
        .forEach((table, names) ->
            lines.add("  %s has members without a column: %s".formatted(table, names)));
    result
        .skipped()
        .forEach((stream, count) ->
            lines.add(
                "  %s: %,d lines stay in the lake, the stream has no table"
                    .formatted(stream, count)));
  }

  void checked(CheckOutcome outcome) {
    report.put("load_id", outcome.staged().loadId()).put("checks", outcome.results());
    if (outcome.results().isEmpty()) {
      lines.add("Load %d: nothing to check.".formatted(outcome.staged().loadId()));
    }
    for (CheckResult result : outcome.results()) {
      lines.add(
          "  %s: %s"
              .formatted(
                  result.name(),
                  result.passed()
                      ? "passed"
                      : "found " + result.found() + " (" + result.severity() + ")"));
      result.examples().forEach(finding -> lines.add("    " + finding));
    }
  }

  /// A check that comes after the publication it was for.
  void alreadyPublished(long loadId) {
    report.put("load_id", loadId).put("checks", List.of());
    lines.add("Load %d is published: nothing to check.".formatted(loadId));
  }

  void published(Published published) {
    report
        .put("load_id", published.loadId())
        .put("commits", published.commits())
        .put("tables", published.tables());
    published
        .tables()
        .forEach((table, changes) ->
            lines.add(
                "  %s: %,d inserted, %,d updated, %,d deleted"
                    .formatted(table, changes.inserted(), changes.updated(), changes.deleted())));
    lines.add("Load %d published.".formatted(published.loadId()));
  }
}
