package dev.paceline.extract.describe;

import dev.paceline.cli.Settings;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.extract.auth.TokenStore;
import java.util.ArrayList;
import java.util.List;

/// A setting of a source, required or optional.
///
/// @param name its environment variable
public record Setting(String name, String what) {

  private static final String REFERENCES =
      "; or a reference: file:PATH, ssm:/path, secretsmanager:name or secretsmanager:name#member";

  /// The settings of a source; the required ones come first.
  static List<Setting> of(ApiDescription api) {
    List<Setting> settings = new ArrayList<>();
    settings.add(
        new Setting(
            Settings.variableOf("lake"),
            "where the data goes, file:///dir or s3://bucket/prefix; `lake:` in paceline.yaml"));
    switch (api.authentication()) {
      case Authentication.None() -> {}
      case Authentication.ApiKey(String header) ->
          settings.add(of(api, "api_key", "the key, sent as " + header + REFERENCES));
      case Authentication.ClientCredentials _ -> addApplication(settings, api);
      case Authentication.Oauth2RefreshToken _ -> {
        addApplication(settings, api);
        settings.add(
            new Setting(
                Settings.variableOf("tokens"),
                "where tokens are stored, %s; `tokens:` in paceline.yaml"
                    .formatted(TokenStore.FORMS)));
      }
    }
    settings.add(
        of(api, "accounts", "the accounts to read, separated by commas; `default` if not set"));
    settings.add(of(api, "streams", "the streams to read, as --streams below"));
    settings.add(of(api, "on_limit", "stop, window or wait, as --on-limit below"));
    settings.add(of(api, "verify_calls", "a number, as --verify-calls below"));
    settings.add(of(api, "api_url", "an API URL to use instead of api.yaml's"));
    if (api.authentication().isOauth()) {
      settings.add(of(api, "oauth_url", "an OAuth URL to use instead of api.yaml's"));
    }
    return List.copyOf(settings);
  }

  private static void addApplication(List<Setting> settings, ApiDescription api) {
    settings.add(
        of(
            api,
            "client_id",
            "the id of your application"
                + api.authentication().clientIds().map("; it matches "::concat).orElse("")));
    settings.add(of(api, "client_secret", "its secret" + REFERENCES));
  }

  private static Setting of(ApiDescription api, String name, String what) {
    return new Setting(Settings.variableOf(api.source() + "_" + name), what);
  }
}
