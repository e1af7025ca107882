package dev.paceline.lake.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Objects by key, with S3's semantics: whole objects, strongly consistent, conditional writes.
///
/// A key is a relative path with `/` between its segments. Every method throws
/// [dev.paceline.cli.failure.Failure] with the object's full address if the store cannot be reached
/// or refuses; outcomes that a caller must distinguish are in the return value.
public interface ObjectStore extends AutoCloseable {

  /// A small object with what a later conditional write needs; empty if it does not exist.
  Optional<StoredObject> read(String key);

  /// The bytes of an object that must exist: if it does not, that is a
  /// [dev.paceline.cli.failure.Failure]. The caller closes the stream. A connection that breaks
  /// while the stream is read is an ordinary `IOException`.
  InputStream open(String key);

  /// Creates an object that does not exist yet, atomically: of several writers, one gets
  /// [Put.Stored].
  Put putIfAbsent(String key, byte[] body);

  /// Replaces the object if it still has the given ETag, atomically.
  Put putIfMatch(String key, byte[] body, String etag);

  /// Writes an object under a key that no other writer uses.
  void put(String key, Body body);

  /// Deletes the object if it still has the given ETag; false if it has changed or does not exist.
  boolean deleteIfMatch(String key, String etag);

  /// The keys that begin with `prefix` and come after the key `after` (exclusive), in lexicographic
  /// order. An empty `after` lists all.
  List<String> list(String prefix, String after);

  /// The names of the folders directly below `prefix` (which ends in `/`), in order.
  List<String> folders(String prefix);

  /// The full address of a key, for messages.
  String address(String key);

  @Override
  void close();
}
