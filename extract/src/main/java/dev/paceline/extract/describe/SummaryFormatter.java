package dev.paceline.extract.describe;

import dev.paceline.cli.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A source's words as a page of a terminal, 100 columns wide.
public final class SummaryFormatter {

  private static final int WIDTH = 100;
  private static final int LABELS = 12;
  private static final int OPTIONS = 22;

  private final List<String> lines = new ArrayList<>();

  private SummaryFormatter() {}

  public static String format(SourceSummary words) {
    SummaryFormatter page = new SummaryFormatter();
    page.lines.add("%s: %s".formatted(words.source(), words.title()));
    page.head(words);
    page.title(
        "Settings; in paceline.yaml below `%s:`, in lower case, e.g. accounts: [anna, ben]", words);
    int widest = words.settings().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    words.settings().forEach(setting -> page.entry(setting.name(), widest + 2, setting.what()));
    page.title("Options of `extract sync %s`", words);
    page.entry(
        "--streams LIST",
        OPTIONS,
        "read only these, e.g. activities,gear; or change the default, e.g. --streams=+kudos,-gear");
    page.entry("--on-limit stop|wait", OPTIONS, "what to do when the budget is spent");
    page.entry(
        "--verify-calls N",
        OPTIONS,
        "how many records of an account a run reads again unasked; 50 if not given");
    page.title("Streams: listings first, then record by record, newest first", words);
    words.streams().forEach(page::stream);
    return String.join("\n", page.lines);
  }

  private void head(SourceSummary words) {
    entry("version", LABELS, words.version());
    entry("API", LABELS, replaceable(words.apiUrl(), words.source() + "_api_url"));
    words
        .oauthUrl()
        .ifPresent(url -> entry("OAuth", LABELS, replaceable(url, words.source() + "_oauth_url")));
    entry("sign-in", LABELS, words.signIn());
    words.budgets().forEach(budget -> entry("budget", LABELS, budget));
    words.errors().forEach(error -> entry("answer", LABELS, error));
  }

  private static String replaceable(URI url, String setting) {
    return "%s, or what %s says".formatted(url, Settings.variableOf(setting));
  }

  private void stream(StreamSummary stream) {
    lines.add("");
    lines.add(
        "  %s%s"
            .formatted(stream.name(), stream.optional() ? " (only where --streams names it)" : ""));
    entry("", 4, "GET %s, %s".formatted(stream.path(), stream.pages()));
    entry("", 4, "key: %s".formatted(stream.key()));
    entry("", 4, "read %s".formatted(stream.when()));
    stream.more().forEach(more -> entry("", 4, more));
    if (stream.scope() != null) {
      entry("", 4, "needs the scope " + stream.scope());
    }
  }

  private void title(String title, SourceSummary words) {
    lines.add("");
    lines.add(title.formatted(words.source()));
  }

  /// A label, and a text beside it that goes on below itself.
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
