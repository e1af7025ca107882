package dev.paceline.extract;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where sources are looked for before those of this image.
final class SourcesOption {

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "A folder with sources of your own, looked in first. PACELINE_SOURCES")
  @Nullable Path sources;

  Optional<Path> own() {
    return Optional.ofNullable(sources);
  }
}
