package dev.paceline.lake.store;

import java.time.Duration;
import java.time.Instant;

/// An object as it was read.
///
/// @param etag what [ObjectStore#putIfMatch] compares; equal bodies may have equal ETags
/// @param lastModified when it was written, by the store's clock
/// @param readAt when it was read, by the same clock
@SuppressWarnings("ArrayRecordComponent") // compared by etag, never by body
public record StoredObject(byte[] body, String etag, Instant lastModified, Instant readAt) {

  /// How old the object was when it was read, by the store's clock alone.
  public Duration age() {
    return Duration.between(lastModified, readAt);
  }
}
