package dev.paceline.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A folder that is searched for sources before those bundled with the image.
public final class SourcesOption {

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "A folder with your own source folders, searched first. PACELINE_SOURCES")
  @Nullable Path sources;

  /// The user's own folder; empty if there are only the bundled sources.
  public Optional<Path> own() {
    return Optional.ofNullable(sources);
  }
}
