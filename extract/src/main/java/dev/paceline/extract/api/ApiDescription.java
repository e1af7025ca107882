package dev.paceline.extract.api;

import java.net.URI;
import java.util.HashSet;
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
/// @param errors what answers mean whose status does not say it
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
    List<StreamDescription> streams) {

  public ApiDescription {
    require(source, "source");
    require(title, "title");
    require(version, "version");
    require(apiUrl, "api_url");
    require(authentication, "authentication");
    streams = List.copyOf(require(streams, "streams"));
    rateLimits = List.copyOf(Objects.requireNonNullElse(rateLimits, List.of()));
    errors = List.copyOf(Objects.requireNonNullElse(errors, List.of()));
    ensureNames(source, streams);
    ensureOrder(streams);
    boolean signsIn =
        authentication instanceof Authentication.Oauth2RefreshToken
            || authentication instanceof Authentication.ClientCredentials;
    if (signsIn && oauthUrl == null) {
      throw new IllegalArgumentException("oauth_url is missing, though authentication needs it");
    }
  }

  /// What a stream is read for stands above it.
  private static void ensureOrder(List<StreamDescription> streams) {
    Set<String> above = new HashSet<>();
    for (StreamDescription stream : streams) {
      for (String needed : stream.needs()) {
        if (!above.contains(needed)) {
          throw new IllegalArgumentException(
              "the stream %s needs %s, which does not stand above it"
                  .formatted(stream.name(), needed));
        }
      }
      above.add(stream.name());
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
