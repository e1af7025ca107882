package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where the lake is. Not `required` in picocli, which would then report it before an unknown
/// option.
public final class LakeOption {

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "file:///dir or s3://bucket/prefix. PACELINE_LAKE")
  @Nullable String lake;

  /// Whether it is set by a flag, an environment variable or the settings file.
  public boolean isGiven() {
    return lake != null;
  }

  /// Opens the lake at its URI.
  ///
  /// @throws Failure if it is not given (exit 64), or cannot be used (64 for the flag, otherwise
  ///   78)
  public <S> S open(Function<String, S> opener) {
    String uri = lake;
    if (uri == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the lake",
          "its location is not set",
          "give --lake file:///dir or s3://bucket/prefix, or set PACELINE_LAKE");
    }
    return GivenOption.of(command, "--lake", uri).parse(opener);
  }
}
