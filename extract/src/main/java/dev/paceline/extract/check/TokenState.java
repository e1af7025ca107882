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

/// The state of a token according to its store, without calling the source.
///
/// @param expiresAt when the access token expires; absent if there is none yet
/// @param revokedAt when the source refused it permanently
/// @param kept false if the store is read-only, so that a renewed token is lost after its run
/// @param granted absent if unknown
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenState(
    @JsonIgnore Kind kind,
    String where,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    boolean kept,
    @JsonIgnore @Nullable Scopes granted) {

  /// The state, which the source has yet to confirm.
  enum Kind {
    ABSENT,
    REVOKED,
    /// Valid for longer than the margin.
    GOOD,
    /// Renewed by the next call.
    DUE
  }

  /// Reads the state of a token.
  ///
  /// @param margin a token that expires sooner than this is renewed before it is used
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
        token.expiry().orElse(null),
        token.revoked().orElse(null),
        store.isPersistent(),
        token.scopes().orElse(null));
  }

  /// The kind as in reports.
  @JsonProperty
  public String state() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// The failure that a call would end with; empty if the token can be used.
  Optional<Failure> failure(AccountRef account) {
    return switch (kind) {
      case GOOD, DUE -> Optional.empty();
      case ABSENT, REVOKED ->
          Optional.of(
              new Failure(
                  Exit.REFUSED,
                  "Checking the token of the account %s in %s".formatted(account.name(), where),
                  kind == Kind.ABSENT ? "there is none" : "the source refused it permanently",
                  "run: " + account.authorizeCommand()));
    };
  }

  /// For a terminal.
  String text() {
    String state =
        switch (kind) {
          case ABSENT -> "no token";
          case REVOKED -> "revoked since " + revokedAt;
          case GOOD -> "valid until " + expiresAt;
          case DUE -> "due to be renewed by the next call";
        };
    return "%s, in %s%s"
        .formatted(state, where, kept ? "" : " (read-only: a renewed token is lost after its run)");
  }
}
