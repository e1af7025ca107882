package dev.paceline.extract;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The source, its addresses, and where its tokens are kept.
final class ApiOptions extends SignInOptions {

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "An API URL to use instead of api.yaml's. PACELINE_<SOURCE>_API_URL")
  @Nullable String apiUrl;
}
