package dev.paceline.extract.http;

import dev.paceline.extract.api.ErrorRule;
import java.util.Optional;

/// How a response is handled (docs/decisions/0012).
enum ResponseKind {
  /// The body is read.
  FOUND,
  /// The object does not exist, or no longer exists.
  NOT_FOUND,
  /// The object is at another address.
  REDIRECT,
  /// The token is not accepted; a new one may be.
  UNAUTHORIZED,
  /// This account's token is denied the object.
  DENIED,
  /// The source says that this account's token was not granted the scope that the call needs.
  SCOPE_MISSING,
  /// The source refuses this account.
  ACCOUNT_REFUSED,
  /// The source refuses the application, and so all of its accounts.
  APPLICATION_REFUSED,
  /// Too many calls.
  THROTTLED,
  /// A temporary error: a retry may succeed.
  TRANSIENT,
  /// A permanent error: a retry would get it again.
  REFUSED;

  /// The kind of a response with this status.
  ///
  /// @param rule the rule of api.yaml that matches the response; it takes precedence
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
      return DENIED;
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
