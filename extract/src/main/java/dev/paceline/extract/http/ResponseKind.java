package dev.paceline.extract.http;

import dev.paceline.extract.api.ErrorRule;
import java.util.Optional;

/// What becomes of a call that was answered (docs/decisions/0012).
enum ResponseKind {
  /// The body is read.
  FOUND,
  /// There is no such thing, or no longer.
  NOT_FOUND,
  /// It is somewhere else.
  REDIRECT,
  /// The token is not taken; a new one may be.
  UNAUTHORIZED,
  /// This account's token was not granted what the call needs.
  SCOPE_MISSING,
  /// This account gets nothing here.
  ACCOUNT_REFUSED,
  /// No account of this application gets anything.
  APPLICATION_REFUSED,
  /// Too many calls.
  THROTTLED,
  /// The next try may do better.
  TRANSIENT,
  /// It stays as it is, however often it is asked for.
  REFUSED;

  /// The meaning of a status.
  ///
  /// @param rule what api.yaml says of this answer, which goes before all else
  static ResponseKind of(int status, Optional<ErrorRule> rule) {
    if (rule.isPresent()) {
      return of(rule.get().meaning());
    }
    if (status == 200) {
      return FOUND;
    }
    if (status >= 300 && status < 400) {
      return REDIRECT;
    }
    if (status == 404 || status == 410) {
      return NOT_FOUND;
    }
    if (status == 401) {
      return UNAUTHORIZED;
    }
    if (status == 403) {
      return ACCOUNT_REFUSED;
    }
    if (status == 429) {
      return THROTTLED;
    }
    if (status == 408 || status == 425 || status >= 500) {
      return TRANSIENT;
    }
    return REFUSED;
  }

  private static ResponseKind of(ErrorRule.Meaning meaning) {
    return switch (meaning) {
      case RETRY -> TRANSIENT;
      case SKIP -> REFUSED;
      case ABSENT -> NOT_FOUND;
      case SCOPE_MISSING -> SCOPE_MISSING;
      case ACCOUNT_REFUSED -> ACCOUNT_REFUSED;
      case APPLICATION_REFUSED -> APPLICATION_REFUSED;
    };
  }
}
