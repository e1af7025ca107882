package dev.paceline.extract.api;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A source's `api.yaml`: everything that extract knows of it.
///
/// @param version recorded in each commit; raised when a change changes what is extracted
/// @param apiUrl what the streams' paths are below
/// @param oauthUrl what `/token` is below; absent where nothing is signed in to
/// @param rateLimits the budgets that its answers tell; empty where it has none
public record ApiDescription(
    String source,
    String title,
    String version,
    URI apiUrl,
    @Nullable URI oauthUrl,
    Authentication authentication,
    List<RateLimit> rateLimits,
    List<StreamDescription> streams) {

  public ApiDescription {
    require(source, "source");
    require(title, "title");
    require(version, "version");
    require(apiUrl, "api_url");
    require(authentication, "authentication");
    streams = List.copyOf(require(streams, "streams"));
    rateLimits = List.copyOf(Objects.requireNonNullElse(rateLimits, List.of()));
    ensureNames(source, streams);
    if (authentication instanceof Authentication.Oauth2RefreshToken && oauthUrl == null) {
      throw new IllegalArgumentException("oauth_url is missing, though authentication needs it");
    }
  }

  private static void ensureNames(String source, List<StreamDescription> streams) {
    List<String> names = streams.stream().map(StreamDescription::name).toList();
    for (String name : Stream.concat(Stream.of(source), names.stream()).toList()) {
      if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
        throw new IllegalArgumentException("\"%s\" cannot be a folder's name".formatted(name));
      }
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("two streams have one name: " + names);
    }
  }

  static <T> T require(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
