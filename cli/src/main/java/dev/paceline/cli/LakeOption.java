package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the lake is. Not `required` in picocli, which would then report it before an unknown
/// option.
public final class LakeOption {

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "file:///dir or s3://bucket/prefix. PACELINE_LAKE")
  @Nullable String lake;

  /// Whether it is set by a flag, an environment variable or the settings file.
  public boolean isGiven() {
    return lake != null;
  }

  /// The lake's URI as the user gave it; not checked yet.
  ///
  /// @throws Failure (exit 64) if it is not given
  public String uri() {
    if (lake == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the lake",
          "its location is not set",
          "give --lake file:///dir or s3://bucket/prefix, or set PACELINE_LAKE");
    }
    return lake;
  }
}
