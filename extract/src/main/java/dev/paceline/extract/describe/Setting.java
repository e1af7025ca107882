package dev.paceline.extract.describe;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.lake.cli.Settings;
import java.util.ArrayList;
import java.util.List;

/// Something that a user can or has to say of a source.
///
/// @param name its environment variable
public record Setting(String name, String what) {

  /// The settings of a source; those without which nothing runs come first.
  static List<Setting> of(ApiDescription api) {
    List<Setting> settings = new ArrayList<>();
    switch (api.authentication()) {
      case Authentication.None() -> {}
      case Authentication.ApiKey(String header) ->
          settings.add(of(api, "api_key", "the key, sent as " + header + "; or file:PATH"));
      case Authentication.ClientCredentials _ -> addApplication(settings, api);
      case Authentication.Oauth2RefreshToken _ -> {
        addApplication(settings, api);
        settings.add(
            new Setting(
                Settings.variableOf("tokens"),
                "where tokens are kept, e.g. file:///data/tokens; `tokens:` in paceline.yaml"));
      }
    }
    settings.add(of(api, "accounts", "whose data, separated by commas; default if none is named"));
    settings.add(of(api, "api_url", "another address of the API"));
    if (api.authentication().isOauth()) {
      settings.add(of(api, "oauth_url", "another address of the sign-in"));
    }
    return List.copyOf(settings);
  }

  private static void addApplication(List<Setting> settings, ApiDescription api) {
    settings.add(of(api, "client_id", "the id of your application"));
    settings.add(of(api, "client_secret", "its secret; or file:PATH of a file that holds it"));
  }

  private static Setting of(ApiDescription api, String name, String what) {
    return new Setting(Settings.variableOf(api.source() + "_" + name), what);
  }
}
