package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;

/// The failure of reading an object that should exist but does not.
final class MissingObject {

  private static final String REMEDY = "restore it from a backup or an older version";

  private MissingObject() {}

  static Failure failure(String doing, Exception cause) {
    return new Failure(
        Exit.UNUSABLE, doing, "there is no such object, although the log lists it", REMEDY, cause);
  }

  /// For a store of files.
  static Failure folder(String doing) {
    return new Failure(Exit.UNUSABLE, doing, "there is a folder in place of the object", REMEDY);
  }
}
