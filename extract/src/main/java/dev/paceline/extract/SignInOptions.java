package dev.paceline.extract;

import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which source, where it is signed in to, and where its tokens are.
class SignInOptions {

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
      names = "--oauth-url",
      paramLabel = "URL",
      description = "Another OAuth base than api.yaml's. PACELINE_<SOURCE>_OAUTH_URL")
  @Nullable String oauthUrl;

  @Mixin SourcesOption sources = new SourcesOption();

  /// The source's `api.yaml`.
  ApiDescription read() {
    return ApiDescription.read(SourceFolder.open(source, sources.own()));
  }
}
