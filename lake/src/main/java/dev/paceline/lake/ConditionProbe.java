package dev.paceline.lake;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;

/// Checks that a store makes a write only if its condition holds. A store that ignores conditions
/// lets two runs both make commit 42, and the records of one of them are gone. It does not say so:
/// it has to be tried.
final class ConditionProbe {

  /// No object's ETag: S3's are an MD5 in quotes, and nothing is known to have this one.
  private static final String NO_ETAG = "\"00000000000000000000000000000000\"";

  private ConditionProbe() {}

  /// Makes two writes that must be refused: two requests.
  ///
  /// @param doing for messages
  /// @param key of an object that exists and that nobody changes
  /// @param body what is there: a store that ignores conditions overwrites it with the same
  static void run(ObjectStore store, String doing, String key, byte[] body) {
    if (store.putIfAbsent(key, body) instanceof Put.Stored) {
      throw ignores(
          doing, "If-None-Match", "it overwrote %s, which already existed".formatted(key));
    }
    if (store.putIfMatch(key, body, NO_ETAG) instanceof Put.Stored) {
      throw ignores(doing, "If-Match", "%s was replaced as if it had another ETag".formatted(key));
    }
  }

  private static Failure ignores(String doing, String header, String evidence) {
    return new Failure(
        Exit.CONFIGURATION,
        doing,
        "the store ignores the header %s: %s; two runs could overwrite each other's commits"
            .formatted(header, evidence),
        "use a store, or a version of this one, that has S3's conditional writes");
  }
}
