package dev.paceline.load;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which load is meant.
final class LoadIdOption {

  @Option(
      names = "--load-id",
      paramLabel = "N",
      description =
          "Only if this load is staged, as load stage reported it. Default: whichever is.")
  @Nullable Long loadId;

  OptionalLong loadId() {
    return loadId == null ? OptionalLong.empty() : OptionalLong.of(loadId);
  }
}
