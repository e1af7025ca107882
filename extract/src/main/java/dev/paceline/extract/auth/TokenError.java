package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.extract.http.Response;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/// What a token endpoint objects to: RFC 6749 puts it in `error`, Strava in `errors[].resource`.
enum TokenError {
  /// The refresh token or the code.
  GRANT,
  /// The application's id or secret.
  CLIENT,
  /// The application has reached its limit of athletes.
  ATHLETES,
  /// The response does not say.
  UNKNOWN;

  private static final Set<String> GRANTS =
      Set.of("invalid_grant", "RefreshToken", "RequestToken", "AuthorizationCode");

  private static final Set<String> CLIENTS =
      Set.of("invalid_client", "unauthorized_client", "Application");

  static TokenError of(Response response) {
    if (response.message().contains("Limit of connected athletes")) {
      return ATHLETES;
    }
    Set<String> words = words(response);
    if (words.stream().anyMatch(CLIENTS::contains)) {
      return CLIENT;
    }
    boolean grant = response.status() == 400 || response.status() == 401;
    return grant && words.stream().anyMatch(GRANTS::contains) ? GRANT : UNKNOWN;
  }

  private static Set<String> words(Response response) {
    Set<String> words = new TreeSet<>();
    try {
      JsonNode json = response.json();
      words.add(json.path("error").asText());
      json.path("errors").forEach(error -> words.add(error.path("resource").asText()));
    } catch (IOException notJson) {
      words.add(""); // e.g. a proxy's page, which says nothing about the token
    }
    return words;
  }
}
