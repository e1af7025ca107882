package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the lake is. Not `required` in picocli, so that an unknown option is reported first.
public final class LakeOption {

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "file:///dir or s3://bucket/prefix. PACELINE_LAKE")
  @Nullable String lake;

  /// Whether a flag, a variable or the settings file says where it is.
  public boolean isGiven() {
    return lake != null;
  }

  /// The lake's URI as the user gave it; not checked yet.
  ///
  /// @throws Failure (exit 64) where nothing says where the lake is
  public String uri() {
    if (lake == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the lake",
          "nothing says where it is",
          "give --lake file:///dir or s3://bucket/prefix, or set PACELINE_LAKE");
    }
    return lake;
  }
}
