package dev.paceline.load;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Restricts a step to one load.
final class LoadIdOption {

  @Option(
      names = "--load-id",
      paramLabel = "N",
      description =
          "Only if this load, as reported by load stage, is staged. Default: whichever is staged.")
  @Nullable Long loadId;

  OptionalLong loadId() {
    return loadId == null ? OptionalLong.empty() : OptionalLong.of(loadId);
  }
}
