package dev.paceline.load.ops;

import org.jspecify.annotations.Nullable;

/// One finding of a check.
///
/// @param account null if it is not about one account
public record Finding(@Nullable String account, @Nullable String what) {

  @Override
  public String toString() {
    return account == null ? String.valueOf(what) : "%s: %s".formatted(account, what);
  }
}
