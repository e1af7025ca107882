package dev.paceline.extract.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import dev.paceline.extract.api.MissingScopes;
import dev.paceline.extract.api.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The result of checking one account.
///
/// @param token absent if the source uses none, or its store cannot be read
/// @param asked whether an API call was made; if `error` is absent the source accepted the token
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckResult(
    String account,
    @Nullable TokenState token,
    @JsonIgnore @Nullable MissingScopes missingScopes,
    boolean asked,
    @JsonIgnore @Nullable Failure failure) {

  @JsonIgnore
  public Exit exit() {
    return failure == null ? Exit.DONE : failure.exit();
  }

  /// When it is worth trying again.
  @JsonProperty
  public @Nullable Instant resumeAt() {
    return Optional.ofNullable(failure).flatMap(Failure::resumeAt).orElse(null);
  }

  /// The exit as in reports.
  @JsonProperty
  public String status() {
    return exit().word();
  }

  /// The granted scopes; absent if unknown.
  @JsonProperty
  public @Nullable TreeSet<String> scopes() {
    return granted().map(Scopes::granted).map(TreeSet::new).orElse(null);
  }

  /// The requested scopes that were not granted.
  @JsonProperty
  public @Nullable List<String> missing() {
    return missingScopes == null ? null : missingScopes.scopes();
  }

  /// The streams that cannot be read without them.
  @JsonProperty
  public @Nullable List<String> streamsMissing() {
    return missingScopes == null ? null : missingScopes.streams();
  }

  @JsonProperty
  public @Nullable JsonNode error() {
    return failure == null ? null : Report.error(failure);
  }

  private Optional<Scopes> granted() {
    return Optional.ofNullable(token).map(TokenState::granted);
  }

  /// A few lines for a terminal.
  public String lines() {
    StringBuilder lines = new StringBuilder(account).append(": ");
    lines.append(token == null ? "no token is known" : token.text());
    if (asked && failure == null) {
      lines.append("; the source accepts it");
    }
    if (token != null && token.kind() != TokenState.Kind.ABSENT) {
      lines.append("\n  scopes: ").append(granted().map(Scopes::toString).orElse("unknown"));
    }
    if (missingScopes != null && !missingScopes.isEmpty()) {
      lines.append("\n  ").append(missingScopes.sentence());
    }
    if (failure != null) {
      lines.append("\n  ").append(failure.getMessage());
    }
    return lines.toString();
  }
}
