package dev.paceline.lake.store;

/// The outcome of a conditional write.
public sealed interface Put {

  /// Written; the object now has this ETag.
  record Stored(String etag) implements Put {}

  /// Not written: another object has this key (S3's 412).
  record PreconditionFailed() implements Put {}

  /// Not written: the object to be replaced no longer exists (S3's 404 on If-Match).
  record NotFound() implements Put {}
}
