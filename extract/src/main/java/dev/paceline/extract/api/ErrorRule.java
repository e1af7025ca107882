package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an answer means where its status alone does not say it. The first rule that fits counts.
///
/// @param status of the answers it is about
/// @param contains a text that their bodies hold; every body fits where it is absent
/// @param remedy what somebody can do about it, in the imperative; a general one where it is absent
public record ErrorRule(
    int status, @Nullable String contains, Meaning meaning, @Nullable String remedy) {

  /// What becomes of the call.
  public enum Meaning {
    /// Tried again, as a 503 is.
    @JsonProperty("retry")
    RETRY,
    /// This record cannot be had: it becomes a reject, and the run goes on.
    @JsonProperty("skip")
    SKIP,
    /// There is no such thing, as 404 says.
    @JsonProperty("absent")
    ABSENT,
    /// The token was not granted what this stream needs; other streams can be read.
    @JsonProperty("scope_missing")
    SCOPE_MISSING,
    /// The account has to be authorized again; the others go on.
    @JsonProperty("account_refused")
    ACCOUNT_REFUSED,
    /// No account of this application is served any more.
    @JsonProperty("application_refused")
    APPLICATION_REFUSED
  }

  public ErrorRule {
    require(meaning, "meaning");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status %d is no error's".formatted(status));
    }
  }

  /// Whether it is about this answer.
  public boolean matches(int responseStatus, String body) {
    return status == responseStatus && (contains == null || body.contains(contains));
  }

  public Optional<String> remedyText() {
    return Optional.ofNullable(remedy);
  }
}
