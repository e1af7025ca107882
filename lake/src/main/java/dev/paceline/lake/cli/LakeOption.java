package dev.paceline.lake.cli;

import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the lake is. Not `required` in picocli: an unknown option is told first.
public final class LakeOption {

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "file:///dir or s3://bucket/prefix. PACELINE_LAKE")
  @Nullable String lake;

  /// Whether anything says where it is.
  public boolean isGiven() {
    return lake != null;
  }

  public ObjectStore open(Environment environment) {
    if (lake == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the lake",
          "nothing says where it is",
          "give --lake file:///dir or s3://bucket/prefix, or set PACELINE_LAKE");
    }
    return Stores.open(lake, environment.variables());
  }
}
