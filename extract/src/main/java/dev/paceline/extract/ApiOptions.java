package dev.paceline.extract;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.source.SourceFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which source, and where it and its tokens are.
final class ApiOptions {

  @Parameters(paramLabel = "SOURCE", description = "Which one, e.g. strava.")
  String source = "";

  @Option(
      names = "--tokens",
      paramLabel = "URI",
      description = {
        "Where the accounts' tokens are kept: file:///dir, ssm:/prefix,",
        "secretsmanager:prefix or env:. PACELINE_TOKENS"
      })
  @Nullable String tokens;

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Another API than api.yaml's. PACELINE_<SOURCE>_API_URL")
  @Nullable String apiUrl;

  @Option(
      names = "--oauth-url",
      paramLabel = "URL",
      description = "Another OAuth base than api.yaml's. PACELINE_<SOURCE>_OAUTH_URL")
  @Nullable String oauthUrl;

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "A folder with sources of your own, looked in first. PACELINE_SOURCES")
  @Nullable Path sources;

  /// The source's `api.yaml`.
  ApiDescription read() {
    ApiDescription api =
        SourceFolder.open(source, Optional.ofNullable(sources))
            .read("api.yaml", ApiDescription.class);
    if (!api.source().equals(source)) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading api.yaml of the source " + source,
          "its source is " + api.source(),
          "call it like its folder");
    }
    return api;
  }
}
