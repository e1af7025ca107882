package dev.paceline.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where source folders are looked for before those bundled with the image.
public final class SourcesOption {

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "A folder with source folders of your own, searched first. PACELINE_SOURCES")
  @Nullable Path sources;

  /// The user's own folder; empty where only the bundled sources count.
  public Optional<Path> own() {
    return Optional.ofNullable(sources);
  }
}
