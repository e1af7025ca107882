package dev.paceline.extract.describe;

import dev.paceline.cli.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Formats the summary of a source for a terminal, 100 columns wide.
public final class SummaryFormatter {

  private static final int WIDTH = 100;
  private static final int LABELS = 12;
  private static final int OPTIONS = 22;

  private final List<String> lines = new ArrayList<>();

  private SummaryFormatter() {}

  public static String format(SourceSummary summary) {
    SummaryFormatter formatter = new SummaryFormatter();
    formatter.lines.add("%s: %s".formatted(summary.source(), summary.title()));
    formatter.head(summary);
    formatter.title(
        "Settings; in paceline.yaml under `%s:`, in lower case, e.g. accounts: [anna, ben]",
        summary);
    int widest = summary.settings().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    summary
        .settings()
        .forEach(setting -> formatter.entry(setting.name(), widest + 2, setting.what()));
    formatter.title(
        "Options of `extract sync %1$s`, and of `extract plan %1$s`, its forecast", summary);
    formatter.entry(
        "--streams LIST",
        OPTIONS,
        "read only these, e.g. activities,gear; or change the default, e.g. --streams=+kudos,-gear");
    formatter.entry(
        "--on-limit LIMIT",
        OPTIONS,
        "what to do when the budget is spent: stop, wait out a short window, or wait");
    formatter.entry(
        "--verify-calls N",
        OPTIONS,
        "how many records per account a run reads again to find edits; 50 if not given");
    formatter.title("Streams: listings first, then record by record, newest first", summary);
    summary.streams().forEach(formatter::stream);
    return String.join("\n", formatter.lines);
  }

  private void head(SourceSummary summary) {
    entry("version", LABELS, summary.version());
    entry("API", LABELS, replaceable(summary.apiUrl(), summary.source() + "_api_url"));
    summary
        .oauthUrl()
        .ifPresent(
            url -> entry("OAuth", LABELS, replaceable(url, summary.source() + "_oauth_url")));
    entry("sign-in", LABELS, summary.signIn());
    summary
        .identity()
        .ifPresent(stream ->
            entry(
                "identity",
                LABELS,
                "%s, which every run reads first: if it names somebody else, nothing is committed"
                    .formatted(stream)));
    summary.budgets().forEach(budget -> entry("budget", LABELS, budget));
    summary.errors().forEach(error -> entry("error", LABELS, error));
  }

  private static String replaceable(URI url, String setting) {
    return "%s, or the value of %s".formatted(url, Settings.variableOf(setting));
  }

  private void stream(StreamSummary stream) {
    lines.add("");
    lines.add(
        "  %s%s"
            .formatted(stream.name(), stream.optional() ? " (only if --streams names it)" : ""));
    entry("", 4, "GET %s, %s".formatted(stream.path(), stream.pages()));
    entry("", 4, "key: %s".formatted(stream.key()));
    entry("", 4, "read %s".formatted(stream.when()));
    stream.more().forEach(more -> entry("", 4, more));
    if (stream.scope() != null) {
      entry("", 4, "needs the scope " + stream.scope());
    }
  }

  private void title(String title, SourceSummary summary) {
    lines.add("");
    lines.add(title.formatted(summary.source()));
  }

  /// A label, and a text next to it that is wrapped below itself.
  private void entry(String label, int indent, String text) {
    StringBuilder line = new StringBuilder("  " + label);
    line.repeat(' ', Math.max(0, indent - line.length() + 2));
    int start = line.length();
    for (String word : text.split(" ", -1)) {
      if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder().repeat(' ', start);
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
  }
}
