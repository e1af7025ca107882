package dev.paceline.extract;

import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.Diagnostic;
import dev.paceline.cli.source.ParseResult;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Reports every mistake in an `api.yaml`, without calling its API.
@Command(
    name = "validate",
    description = {
      "Checks an api.yaml: exits 0 with one sentence, or 78 with a line for each mistake.",
      "Needs no credentials and no network."
    },
    footer = {
      "",
      "Examples:",
      "  extract validate sources/orders              # a folder with an api.yaml",
      "  extract validate draft.yaml                  # any file",
      "  extract validate orders --sources ~/sources  # a source by its name"
    })
final class ValidateCommand extends ExtractCommand {

  @Parameters(paramLabel = "FILE", description = "A file, a folder with an api.yaml, or a source.")
  Path file = Path.of("");

  @Mixin SourcesOption sources = new SourcesOption();

  ValidateCommand() {
    super("validate");
  }

  @Override
  public Integer call() {
    Path path = findFile();
    report().put("file", path.toString());
    Exit exit =
        switch (ApiDescription.check(bytes(path), folderOf(path))) {
          case ParseResult.Valid<ApiDescription>(ApiDescription api) -> {
            report().put("source", api.source()).put("streams", api.streams().size());
            summarize(
                "%s is valid: %s, %d streams."
                    .formatted(displayName(path), api.title(), api.streams().size()));
            yield Exit.DONE;
          }
          case ParseResult.Invalid<ApiDescription> invalid -> {
            report().put("mistakes", invalid.diagnostics());
            summarize(
                invalid.diagnostics().stream()
                    .map(diagnostic -> line(path, diagnostic))
                    .collect(Collectors.joining("\n")));
            yield Exit.CONFIGURATION;
          }
        };
    report().ended(exit);
    return exit.code();
  }

  /// In the format of compilers, which editors can jump to.
  private String line(Path path, Diagnostic diagnostic) {
    return "%s:%d:%d: %s%s"
        .formatted(
            displayName(path),
            diagnostic.line(),
            diagnostic.column(),
            diagnostic.path().isEmpty() ? "" : diagnostic.path() + ": ",
            diagnostic.what());
  }

  /// The path of a file inside the image is of no use to the user.
  private String displayName(Path path) {
    boolean bundled =
        !path.equals(file)
            && !path.startsWith(file)
            && sources.own().filter(path::startsWith).isEmpty();
    return bundled
        ? "the image's sources/%s/%s".formatted(file, ApiDescription.FILE)
        : path.toString();
  }

  private Path findFile() {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      return file.resolve(ApiDescription.FILE);
    }
    if (Files.exists(file) || name.contains("/") || name.contains(".")) {
      return file;
    }
    return SourceFolder.open(name, sources.own()).path(ApiDescription.FILE);
  }

  /// A file with another name may be in any folder.
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
}
