package dev.paceline.extract;

import dev.paceline.cli.Given;
import dev.paceline.cli.GivenOption;
import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The source, its OAuth URL, and where its tokens are kept.
class SignInOptions {

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Parameters(paramLabel = "SOURCE", description = "The source, e.g. strava.")
  String source = "";

  @Option(
      names = "--tokens",
      paramLabel = "URI",
      description = {
        "Where the accounts' tokens are stored: file:///dir, ssm:/prefix,",
        "secretsmanager:prefix or env:. PACELINE_TOKENS"
      })
  @Nullable String tokens;

  @Option(
      names = "--oauth-url",
      paramLabel = "URL",
      description = "An OAuth URL to use instead of api.yaml's. PACELINE_<SOURCE>_OAUTH_URL")
  @Nullable String oauthUrl;

  @Mixin SourcesOption sources = new SourcesOption();

  /// Where the tokens are stored, and where that was given; null if it is not.
  @Nullable Given tokens() {
    return tokens == null ? null : GivenOption.of(command, "--tokens", tokens);
  }

  /// The source's `api.yaml`.
  ApiDescription read() {
    return ApiDescription.read(SourceFolder.open(source, sources.own()));
  }
}
