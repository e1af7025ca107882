package dev.paceline.extract;

import dev.paceline.cli.Reporting;
import dev.paceline.cli.RunOptions;
import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.Version;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import dev.paceline.cli.source.Diagnostic;
import dev.paceline.cli.source.ParseResult;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Tells every mistake in an `api.yaml`, without a call of its API.
@Command(
    name = "validate",
    description = {
      "Checks an api.yaml: exit 0 and one sentence, or 78 and a line for each mistake.",
      "Needs no credentials and no network."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  extract validate sources/orders              # a folder with an api.yaml",
      "  extract validate draft.yaml                  # any file",
      "  extract validate orders --sources ~/sources  # a source by its name"
    })
final class ValidateCommand implements Callable<Integer>, Reporting {

  private final Report report = new Report("extract", "validate");
  private String summary = "";

  @Parameters(paramLabel = "FILE", description = "A file, a folder with an api.yaml, or a source.")
  String file = "";

  @Mixin SourcesOption sources = new SourcesOption();
  @Mixin RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    Path path = find();
    report.put("file", path.toString());
    Exit exit =
        switch (ApiDescription.check(bytes(path), folderOf(path))) {
          case ParseResult.Valid<ApiDescription>(ApiDescription api) -> {
            report.put("source", api.source()).put("streams", api.streams().size());
            summary =
                "%s is sound: %s, %d streams."
                    .formatted(named(path), api.title(), api.streams().size());
            yield Exit.DONE;
          }
          case ParseResult.Invalid<ApiDescription> invalid -> {
            report.put("mistakes", invalid.diagnostics());
            summary =
                invalid.diagnostics().stream()
                    .map(diagnostic -> line(path, diagnostic))
                    .collect(Collectors.joining("\n"));
            yield Exit.CONFIGURATION;
          }
        };
    report.ended(exit);
    return exit.code();
  }

  /// As compilers write it, for editors to jump to.
  private String line(Path path, Diagnostic diagnostic) {
    return "%s:%d:%d: %s%s"
        .formatted(
            named(path),
            diagnostic.line(),
            diagnostic.column(),
            diagnostic.path().isEmpty() ? "" : diagnostic.path() + ": ",
            diagnostic.what());
  }

  /// A file inside the image has a path that nobody can open.
  private String named(Path path) {
    boolean bundled =
        !path.equals(Path.of(file))
            && !path.startsWith(Path.of(file))
            && sources.own().filter(path::startsWith).isEmpty();
    return bundled
        ? "the image's sources/%s/%s".formatted(file, ApiDescription.FILE)
        : path.toString();
  }

  private Path find() {
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      return path.resolve(ApiDescription.FILE);
    }
    if (Files.exists(path) || file.contains("/") || file.contains(".")) {
      return path;
    }
    return SourceFolder.open(file, sources.own()).path(ApiDescription.FILE);
  }

  /// A file of another name may lie anywhere.
  private static Optional<String> folderOf(Path path) {
    return path.endsWith(ApiDescription.FILE)
        ? Optional.ofNullable(path.toAbsolutePath().normalize().getParent())
            .flatMap(folder -> Optional.ofNullable(folder.getFileName()))
            .map(name -> name.toString().replace("/", ""))
        : Optional.empty();
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new Failure(
          Exit.USAGE,
          "Reading " + path,
          Files.exists(path) ? "it cannot be read" : "there is no such file",
          "name a file, a folder with an api.yaml, or a source",
          unreadable);
    }
  }

  @Override
  public Report report() {
    return report;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public RunOptions options() {
    return options;
  }
}
