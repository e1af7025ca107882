package dev.paceline.extract.api;

import dev.paceline.cli.failure.HttpAddress;
import dev.paceline.cli.source.Finding;
import dev.paceline.cli.source.ParseResult;
import dev.paceline.cli.source.Schema;
import dev.paceline.cli.source.SourceFile;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.cli.source.SourceName;
import dev.paceline.cli.source.ValidationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A source's `api.yaml`: everything that extract knows about the source.
///
/// @param version recorded in each commit; raised when a change affects what is extracted
/// @param apiUrl the base of the streams' paths
/// @param oauthUrl the base of `/token`; absent if OAuth is not used
/// @param rateLimits the budgets that its responses report; empty if it has none
/// @param errors the meaning of errors that their status alone does not show
/// @param identity the stream whose one record says whose account it is; absent if no stream does
/// @param streams in the order in which they are read
public record ApiDescription(
    String source,
    String title,
    String version,
    URI apiUrl,
    @Nullable URI oauthUrl,
    Authentication authentication,
    List<RateLimit> rateLimits,
    List<ErrorRule> errors,
    @Nullable String identity,
    List<StreamDescription> streams) {

  /// The file's name in the folder of its source.
  public static final String FILE = "api.yaml";

  public ApiDescription {
    require(source, "source");
    require(title, "title");
    require(version, "version");
    require(apiUrl, "api_url");
    require(authentication, "authentication");
    streams = List.copyOf(require(streams, "streams"));
    rateLimits = List.copyOf(Objects.requireNonNullElse(rateLimits, List.of()));
    errors = List.copyOf(Objects.requireNonNullElse(errors, List.of()));
    List<Finding> findings = new ArrayList<>(ApiValidator.checkStreams(streams, authentication));
    findings.addAll(ApiValidator.checkIdentity(identity, streams));
    SourceName.refusal(source).ifPresent(reason -> findings.add(Finding.at("/source", reason)));
    findings.addAll(ApiValidator.checkLimits(rateLimits));
    findings.addAll(ApiValidator.checkErrors(errors));
    if (authentication.isOauth() && oauthUrl == null) {
      findings.add(
          Finding.at("/authentication/type", "this type needs oauth_url, which is missing"));
    }
    findings.addAll(checkAddress("api_url", apiUrl));
    if (oauthUrl != null) {
      findings.addAll(checkAddress("oauth_url", oauthUrl));
    }
    if (!findings.isEmpty()) {
      throw new ValidationException(findings);
    }
  }

  /// Reads a source's `api.yaml`.
  public static ApiDescription read(SourceFolder folder) {
    return folder.read(FILE, ApiDescription.class, api -> api.checkFolderName(folder.source()));
  }

  /// Checks the bytes of an `api.yaml`.
  ///
  /// @param folder the name of its folder; empty if it is not in a source's folder
  public static ParseResult<ApiDescription> check(byte[] yaml, Optional<String> folder) {
    return SourceFile.read(
        yaml,
        ApiDescription.class,
        Schema.of(FILE),
        api -> folder.map(api::checkFolderName).orElse(List.of()));
  }

  private static List<Finding> checkAddress(String member, URI address) {
    return HttpAddress.parse(address.toString()).isPresent()
        ? List.of()
        : List.of(Finding.at("/" + member, "must be " + HttpAddress.FORM));
  }

  private List<Finding> checkFolderName(String folder) {
    return source.equals(folder)
        ? List.of()
        : List.of(
            Finding.at(
                "/source", "%s differs from the name of its folder, %s".formatted(source, folder)));
  }

  static <T> T require(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
