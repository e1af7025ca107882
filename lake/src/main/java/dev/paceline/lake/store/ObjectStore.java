package dev.paceline.lake.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Objects by key, as S3 has them: whole objects, strongly consistent, with writes on condition.
///
/// A key is a relative path with `/` between its segments. Every method throws
/// [dev.paceline.cli.failure.Failure] with the object's full address when the store cannot be
/// reached or refuses; what a caller must tell apart is in the return value.
public interface ObjectStore extends AutoCloseable {

  /// A small object, whole, with what a later conditional write needs; empty where there is none.
  Optional<StoredObject> read(String key);

  /// The bytes of an object that must exist: its absence is a [dev.paceline.cli.failure.Failure].
  /// The caller closes the stream. A break in mid-stream is an ordinary `IOException`.
  InputStream open(String key);

  /// Writes where nothing lies yet, atomically: of several writers one is [Put.Stored].
  Put putIfAbsent(String key, byte[] body);

  /// Replaces the object whose ETag is the given one, atomically.
  Put putIfMatch(String key, byte[] body, String etag);

  /// Writes under a key that no other writer uses.
  void put(String key, Body body);

  /// Deletes the object whose ETag is the given one; false where it has changed or gone.
  boolean deleteIfMatch(String key, String etag);

  /// The keys that begin with `prefix` and come after the key `after` (exclusive), in order of
  /// their characters. An empty `after` lists all.
  List<String> list(String prefix, String after);

  /// The names of the folders directly below `prefix` (which ends in `/`), in order.
  List<String> folders(String prefix);

  /// The full address of a key, for messages.
  String address(String key);

  @Override
  void close();
}
