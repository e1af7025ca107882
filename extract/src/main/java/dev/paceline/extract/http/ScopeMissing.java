package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;

/// The token was not granted what a call needs. Whoever can do without the stream leaves it out;
/// for all others it is the account's [Failure].
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
