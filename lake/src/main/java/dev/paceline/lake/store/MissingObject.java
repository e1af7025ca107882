package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;

/// The failure of reading an object that should exist but does not.
final class MissingObject {

  private MissingObject() {}

  static Failure failure(String doing, Exception cause) {
    return new Failure(
        Exit.UNUSABLE,
        doing,
        "there is no such object",
        "the log lists it, so it was deleted by hand: restore it, or load from another lake",
        cause);
  }
}
