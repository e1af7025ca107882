package dev.paceline.extract.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.auth.Token;
import dev.paceline.extract.auth.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A token as its store shows it, without asking the source.
///
/// @param expiresAt when the access token ends; absent where there is none yet
/// @param revokedAt when the source refused it for good
/// @param kept false where the store is read only, and a new token is lost with its run
/// @param granted absent where nobody noted it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenState(
    @JsonIgnore Kind kind,
    String where,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    boolean kept,
    @JsonIgnore @Nullable Scopes granted) {

  /// What the source has yet to confirm.
  enum Kind {
    ABSENT,
    REVOKED,
    /// Good for longer than the margin.
    GOOD,
    /// The next call renews it.
    DUE
  }

  /// Looks.
  ///
  /// @param margin a token with less life than this is renewed before it is used
  public static TokenState of(AccountRef account, TokenStore store, Instant now, Duration margin) {
    String where = store.address(account);
    Optional<Token> found = store.find(account);
    if (found.isEmpty()) {
      return new TokenState(Kind.ABSENT, where, null, null, store.isPersistent(), null);
    }
    Token token = found.get();
    Kind kind = token.usableAt(now, margin) == null ? Kind.DUE : Kind.GOOD;
    return new TokenState(
        token.revoked().isPresent() ? Kind.REVOKED : kind,
        where,
        token.end().orElse(null),
        token.revoked().orElse(null),
        store.isPersistent(),
        token.scopes().orElse(null));
  }

  /// The kind as reports write it.
  @JsonProperty
  public String state() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// What a call would fail with; empty where it is worth making.
  Optional<Failure> failure(AccountRef account) {
    return switch (kind) {
      case GOOD, DUE -> Optional.empty();
      case ABSENT, REVOKED ->
          Optional.of(
              new Failure(
                  Exit.REFUSED,
                  "Looking at the token of the account %s in %s".formatted(account.name(), where),
                  kind == Kind.ABSENT ? "there is none" : "the source refused it for good",
                  "type: " + account.authorizeCommand()));
    };
  }

  /// For a person.
  String text() {
    String state =
        switch (kind) {
          case ABSENT -> "no token";
          case REVOKED -> "revoked since " + revokedAt;
          case GOOD -> "good until " + expiresAt;
          case DUE -> "due to be renewed by the next call";
        };
    return "%s, in %s%s"
        .formatted(state, where, kept ? "" : " (read only: a renewed token is lost with its run)");
  }
}
