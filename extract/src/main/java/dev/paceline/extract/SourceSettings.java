package dev.paceline.extract;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication.Oauth2RefreshToken;
import dev.paceline.extract.auth.TokenStore;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.cli.Secret;
import dev.paceline.lake.cli.Settings;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.Masked;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the flags, the environment, `paceline.yaml` and `api.yaml` say of one source, in this
/// order.
final class SourceSettings {

  /// The account of who never named one.
  private static final String DEFAULT_ACCOUNT = "default";

  private final ApiDescription api;
  private final Settings settings;

  SourceSettings(ApiDescription api, Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /// Whose data to read.
  List<String> accounts(List<String> flags) {
    List<String> named = flags.isEmpty() ? settings.list(api.source(), "accounts") : flags;
    for (String account : named) {
      if (!LakeLayout.isAccount(account)) {
        throw new Failure(
            Exit.USAGE,
            "Reading the accounts of " + api.source(),
            "\"%s\" is no account's name".formatted(account),
            "use a-z, 0-9, _ and -, at most 63, beginning with a letter or digit");
      }
    }
    return named.isEmpty() ? List.of(DEFAULT_ACCOUNT) : named.stream().distinct().toList();
  }

  /// The one account that a command is about: the flag's, or the only one that is configured.
  String account(@Nullable String flag) {
    List<String> configured = settings.list(api.source(), "accounts").stream().distinct().toList();
    if (flag == null && configured.size() != 1) {
      throw new Failure(
          Exit.USAGE,
          "Choosing an account of " + api.source(),
          configured.isEmpty() ? "none is configured" : "there are " + configured,
          "give --account NAME");
    }
    return accounts(flag == null ? configured : List.of(flag)).getFirst();
  }

  URI apiUrl(@Nullable String flag) {
    return url("api_url", flag).orElse(api.apiUrl());
  }

  /// The application that signs in with its accounts' tokens.
  Application application(
      Oauth2RefreshToken oauth, @Nullable String oauthUrlFlag, @Nullable String tokensFlag) {
    return new Application(
        api.source(),
        clientId(),
        secret("client_secret"),
        url("oauth_url", oauthUrlFlag).orElseGet(this::oauthUrl),
        TokenStore.open(tokens(tokensFlag), settings),
        oauth.refreshMargin());
  }

  /// A setting that must be there and is a secret.
  Secret secret(String name) {
    return Secret.resolve(variable(name), required(name));
  }

  /// It names the lock that the application's accounts share.
  String clientId() {
    String id = required("client_id");
    if (!id.matches("[A-Za-z0-9_.-]{1,100}")) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading the settings of " + api.source(),
          "%s \"%s\" is no client id".formatted(variable("client_id"), id),
          "give the id that the source shows for your application");
    }
    return id;
  }

  private URI oauthUrl() {
    return Objects.requireNonNull(api.oauthUrl(), "api.yaml was checked to have it");
  }

  private static String tokens(@Nullable String flag) {
    if (flag == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the token store",
          "nothing says where it is",
          "give --tokens %s, or set PACELINE_TOKENS".formatted(TokenStore.FORMS));
    }
    return flag;
  }

  private String required(String name) {
    return settings
        .find(api.source(), name)
        .orElseThrow(() ->
            new Failure(
                Exit.CONFIGURATION,
                "Reading the settings of " + api.source(),
                variable(name) + " is not set",
                "set it in the environment, or %s.%s in paceline.yaml"
                    .formatted(api.source(), name)));
  }

  private String variable(String name) {
    return Settings.variableOf(api.source() + "_" + name);
  }

  private Optional<URI> url(String name, @Nullable String flag) {
    return Optional.ofNullable(flag).or(() -> settings.find(api.source(), name)).map(this::parse);
  }

  private URI parse(String url) {
    try {
      URI uri = new URI(url);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return uri;
      }
      throw noUrl(url);
    } catch (URISyntaxException malformed) {
      throw noUrl(url);
    }
  }

  private Failure noUrl(String url) {
    return new Failure(
        Exit.USAGE,
        "Reading the settings of " + api.source(),
        "\"%s\" is no address of an API".formatted(Masked.address(url)),
        "give https://host/path without credentials");
  }
}
