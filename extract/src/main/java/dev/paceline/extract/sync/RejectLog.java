package dev.paceline.extract.sync;

import dev.paceline.lake.log.Reject;
import java.time.Instant;

/// Where rejects are written.
interface RejectLog {

  /// The status of a response that had the record, but one that exceeds a limit.
  int OK = 200;

  /// Writes what is known of a record that could not be read.
  ///
  /// @param key `[]` for a whole listing
  void reject(String stream, String key, Instant at, Reject reject);

  /// Writes what is known of a record that exceeds a limit.
  ///
  /// @param beginning its first bytes
  default void reject(String stream, String key, Instant at, String reason, byte[] beginning) {
    reject(stream, key, at, new Reject(OK, reason, beginning));
  }
}
