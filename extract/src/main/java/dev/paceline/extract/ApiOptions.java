package dev.paceline.extract;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which source, and where it and its tokens are.
final class ApiOptions extends SignInOptions {

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Another API than api.yaml's. PACELINE_<SOURCE>_API_URL")
  @Nullable String apiUrl;
}
