package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.Environment;
import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.Schema;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.describe.SourceSummary;
import dev.paceline.extract.describe.SummaryFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Describes sources in words, without calling them.
@Command(
    name = "describe",
    description = {
      "Describes a source, or lists the sources.",
      "Shows how it authenticates, its rate limits, its settings and when each of its streams is read.",
      "Without SOURCE it lists the sources. Needs no credentials and no network."
    },
    footer = {
      "",
      "Examples:",
      "  extract describe",
      "  extract describe strava",
      "  extract describe --schema      # the JSON Schema of api.yaml"
    })
final class DescribeCommand extends ExtractCommand {

  private final Environment environment;

  @Parameters(paramLabel = "SOURCE", arity = "0..1", description = "What to describe, e.g. strava.")
  @Nullable String source;

  @Mixin SourcesOption sources = new SourcesOption();

  @Option(names = "--schema", description = "Print the JSON Schema of api.yaml instead.")
  boolean schema;

  DescribeCommand(Environment environment) {
    super("describe");
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (schema) {
      printSchema();
    } else if (source == null) {
      listSources();
    } else {
      describe(source);
    }
    report().ended(Exit.DONE);
    return Exit.DONE.code();
  }

  /// The schema is longer than a report may be, so it is printed on the line before the report.
  private void printSchema() {
    JsonNode json = Schema.of(ApiDescription.FILE).orElseThrow().json();
    if (environment.isTerminal()) {
      summarize(json.toPrettyString());
    } else {
      environment.out().println(json);
    }
  }

  private void listSources() {
    Map<String, String> titles = new TreeMap<>();
    Map<String, String> broken = new TreeMap<>();
    for (String name : SourceFolder.names(ApiDescription.FILE, sources.own())) {
      SourceFolder folder = SourceFolder.open(name, sources.own());
      try {
        titles.put(name, ApiDescription.read(folder).title());
      } catch (Failure invalid) { // a broken draft must not hide the other sources
        broken.put(name, folder.path(ApiDescription.FILE).toString());
      }
    }
    report().put("sources", titles);
    if (!broken.isEmpty()) {
      report().put("broken", broken);
    }
    summarize(
        Stream.concat(
                titles.entrySet().stream(),
                broken.entrySet().stream()
                    .map(each ->
                        Map.entry(
                            each.getKey(), "broken, see: extract validate " + each.getValue())))
            .map(each -> "%-12s %s".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining("\n")));
  }

  private void describe(String name) {
    SourceSummary description =
        SourceSummary.of(ApiDescription.read(SourceFolder.open(name, sources.own())));
    report().put("source", name).put("description", description);
    summarize(SummaryFormatter.format(description));
  }
}
