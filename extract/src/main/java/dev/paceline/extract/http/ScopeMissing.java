package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;

/// Thrown if the token was not granted the scope that a call needs. A caller that can do without
/// the stream skips it; otherwise this is the account's [Failure].
public final class ScopeMissing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Failure failure;

  ScopeMissing(Failure failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
