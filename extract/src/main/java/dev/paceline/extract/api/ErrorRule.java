package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The meaning of an error response that its status alone does not show. The first matching rule
/// applies.
///
/// @param status of the responses
/// @param contains a text in their bodies; every body matches if it is absent
/// @param remedy what the user can do about it, in the imperative; a general remedy if it is absent
public record ErrorRule(
    int status, @Nullable String contains, Meaning meaning, @Nullable String remedy) {

  /// How the call is handled.
  public enum Meaning {
    /// Retried, like a 503.
    @JsonProperty("retry")
    RETRY,
    /// This record cannot be read: it becomes a reject, and the run continues.
    @JsonProperty("skip")
    SKIP,
    /// The object does not exist, like a 404.
    @JsonProperty("absent")
    ABSENT,
    /// The token was not granted the scope that this stream needs; other streams can be read.
    @JsonProperty("scope_missing")
    SCOPE_MISSING,
    /// The account has to be authorized again; the others continue.
    @JsonProperty("account_refused")
    ACCOUNT_REFUSED,
    /// The source no longer serves any account of this application.
    @JsonProperty("application_refused")
    APPLICATION_REFUSED
  }

  public ErrorRule {
    require(meaning, "meaning");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status %d is not an error".formatted(status));
    }
  }

  /// Whether the rule matches a response.
  public boolean matches(int responseStatus, String body) {
    return status == responseStatus && (contains == null || body.contains(contains));
  }

  public Optional<String> remedyText() {
    return Optional.ofNullable(remedy);
  }
}
