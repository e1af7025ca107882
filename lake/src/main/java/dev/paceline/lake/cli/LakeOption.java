package dev.paceline.lake.cli;

import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import picocli.CommandLine.Option;

/// Where the lake is.
public final class LakeOption {

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "URI",
      description = "file:///dir or s3://bucket/prefix. PACELINE_LAKE")
  String lake = "";

  public ObjectStore open(Environment environment) {
    return Stores.open(lake, environment.variables());
  }
}
