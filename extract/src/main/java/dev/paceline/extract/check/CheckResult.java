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

/// What was found of one account.
///
/// @param token absent where the source knows none, or its store cannot be read
/// @param asked whether a call of the API was made; where `error` is absent it took the token
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

  /// The exit as reports write it.
  @JsonProperty
  public String status() {
    return exit().word();
  }

  /// What was granted; absent where nobody noted it.
  @JsonProperty
  public @Nullable TreeSet<String> scopes() {
    return granted().map(Scopes::granted).map(TreeSet::new).orElse(null);
  }

  /// What was not granted of all that the source is asked for.
  @JsonProperty
  public @Nullable List<String> missing() {
    return missingScopes == null ? null : missingScopes.scopes();
  }

  /// What cannot be read because of it.
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

  /// A few lines for a person.
  public String lines() {
    StringBuilder lines = new StringBuilder(account).append(": ");
    lines.append(token == null ? "no token known" : token.text());
    if (asked && failure == null) {
      lines.append("; the source takes it");
    }
    if (token != null && token.kind() != TokenState.Kind.ABSENT) {
      lines.append("\n  scopes: ").append(granted().map(Scopes::toString).orElse("not known"));
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
