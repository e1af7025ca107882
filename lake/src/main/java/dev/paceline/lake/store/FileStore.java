package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A folder as an object store. Reading never creates anything; the first write creates the folder.
/// An object appears whole or not at all, and conditional writes are serialised. Ages use this
/// host's clock: on a network drive both hosts' clocks must be right.
final class FileStore implements ObjectStore {

  private final Path root;
  private final WholeFiles files;
  private final WriteLock writeLock;

  FileStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.files = new WholeFiles(this.root);
    this.writeLock = new WriteLock(this.root);
  }

  @Override
  public Optional<StoredObject> read(String key) {
    return attempt("Reading", key, () -> readNow(path(key)));
  }

  private static Optional<StoredObject> readNow(Path path) throws IOException {
    try {
      byte[] body = Files.readAllBytes(path);
      Instant modified = Files.getLastModifiedTime(path).toInstant();
      return Optional.of(new StoredObject(body, Sha256.hex(body), modified, Instant.now()));
    } catch (IOException unreadable) {
      if (isNoObject(path, unreadable)) {
        return Optional.empty();
      }
      throw unreadable;
    }
  }

  @Override
  public InputStream open(String key) {
    Path path = path(key);
    try {
      if (Files.isDirectory(path)) {
        throw MissingObject.folder("Reading " + address(key));
      }
      return Files.newInputStream(path);
    } catch (IOException cause) {
      throw isNoObject(path, cause)
          ? MissingObject.failure("Reading " + address(key), cause)
          : unavailable("Reading " + address(key), cause);
    }
  }

  /// Whether a file could not be read because no object has its key: a folder is not an object, and
  /// a file has nothing below it.
  private static boolean isNoObject(Path path, IOException thrown) {
    return thrown instanceof NoSuchFileException
        || Files.isDirectory(path)
        || isBelowAFile(path.getParent());
  }

  private static boolean isBelowAFile(@Nullable Path folder) {
    return folder != null && (Files.isRegularFile(folder) || isBelowAFile(folder.getParent()));
  }

  @Override
  public Put putIfAbsent(String key, byte[] body) {
    return withLock(
        "Writing",
        key,
        path -> {
          if (Files.exists(path)) {
            return new Put.PreconditionFailed();
          }
          replace(path, body);
          return new Put.Stored(Sha256.hex(body));
        });
  }

  @Override
  public Put putIfMatch(String key, byte[] body, String etag) {
    return withLock(
        "Writing",
        key,
        path -> {
          Optional<StoredObject> existing = readNow(path);
          if (existing.isEmpty()) {
            return new Put.NotFound();
          }
          if (!existing.get().etag().equals(etag)) {
            return new Put.PreconditionFailed();
          }
          replace(path, body);
          return new Put.Stored(Sha256.hex(body));
        });
  }

  @Override
  public boolean deleteIfMatch(String key, String etag) {
    return withLock(
        "Deleting",
        key,
        path -> {
          Optional<StoredObject> existing = readNow(path);
          return existing.isPresent()
              && existing.get().etag().equals(etag)
              && Files.deleteIfExists(path);
        });
  }

  @Override
  public void put(String key, Body body) {
    attempt(
        "Writing",
        key,
        () -> {
          try (InputStream in = body.open()) {
            files.write(path(key), in);
            return key;
          }
        });
  }

  @Override
  public List<String> list(String prefix, String after) {
    Path below = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    return attempt(
        "Listing",
        prefix,
        () ->
            FileListing.filesBelow(below).stream()
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .sorted()
                .toList());
  }

  @Override
  public List<String> folders(String prefix) {
    return attempt("Listing", prefix, () -> FileListing.foldersIn(path(prefix)));
  }

  @Override
  public String address(String key) {
    return "file://" + root + "/" + key;
  }

  @Override
  public void close() {}

  private Path path(String key) {
    Path path = root.resolve(key).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("The key %s is outside the lake.".formatted(key));
    }
    return path;
  }

  private void replace(Path path, byte[] body) throws IOException {
    files.write(path, new ByteArrayInputStream(body));
  }

  private <T> T withLock(String doing, String key, PathAction<T> action) {
    return attempt(
        doing,
        key,
        () -> {
          files.prepare();
          return writeLock.with(() -> action.run(path(key)));
        });
  }

  private <T> T attempt(String doing, String key, WriteLock.Action<T> action) {
    try {
      return action.run();
    } catch (IOException cause) {
      throw unavailable(doing + " " + address(key), cause);
    }
  }

  private static Failure unavailable(String what, Exception cause) {
    boolean denied = cause instanceof AccessDeniedException;
    return new Failure(
        Exit.UNAVAILABLE,
        what,
        denied ? "permission denied" : String.valueOf(cause.getMessage()),
        denied
            ? "grant this user read and write access there"
            : "check that the folder is writable and the disk has space",
        cause);
  }

  @FunctionalInterface
  private interface PathAction<T> {
    T run(Path path) throws IOException;
  }
}
