package dev.paceline.lake.store;

/// What a conditional write came to.
public sealed interface Put {

  /// Written; the object now has this ETag.
  record Stored(String etag) implements Put {}

  /// Not written: another object lies there (S3's 412).
  record PreconditionFailed() implements Put {}

  /// Not written: the object that should be replaced has gone (S3's 404 on If-Match).
  record NotFound() implements Put {}
}
