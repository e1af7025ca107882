package dev.paceline.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes files that appear whole or not at all: a temporary file, synced, then renamed. The folder
/// of the lake comes into being with the first file.
final class WholeFiles {

  private static final Logger LOG = LoggerFactory.getLogger(WholeFiles.class);

  private static final String TEMPORARY_FOLDER = ".tmp";

  private final Path root;
  private final Path temporary;
  private final AtomicBoolean cleanedUp = new AtomicBoolean();

  WholeFiles(Path root) {
    this.root = root;
    this.temporary = root.resolve(TEMPORARY_FOLDER);
  }

  /// Creates the folders that a writer needs.
  void prepare() throws IOException {
    boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(root) && posix) {
      // Other users of this machine must not see anyone's activities.
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.createDirectories(temporary);
    if (cleanedUp.compareAndSet(false, true)) {
      deleteStale();
    }
  }

  /// Deletes what killed writers left behind: no write takes a day. Nobody waits for that space, so
  /// a file that cannot be deleted keeps nobody from writing.
  private void deleteStale() {
    FileTime dayAgo = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
      for (Path file : files) {
        deleteIfOlder(file, dayAgo);
      }
    } catch (IOException | DirectoryIteratorException undeletable) {
      LOG.warn(
          "Files that killed runs left behind in {} could not be deleted: {}",
          temporary,
          undeletable.toString());
    }
  }

  private static void deleteIfOlder(Path file, FileTime time) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).compareTo(time) < 0) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException renamed) {
      // Another writer has put the file in its place in the meantime.
    }
  }

  /// Writes a file, in place of the one that is there. Only this user can read it.
  void write(Path path, InputStream body) throws IOException {
    prepare();
    Path unfinished = Files.createTempFile(temporary, "put-", null);
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        body.transferTo(out);
      }
      moveIntoPlace(unfinished, path);
    } finally {
      Files.deleteIfExists(unfinished); // already moved if all went well
    }
  }

  /// Makes a file durable under its final name: first its bytes, then the name.
  private static void moveIntoPlace(Path unfinished, Path path) throws IOException {
    Path folder = path.resolveSibling("");
    Files.createDirectories(folder);
    sync(unfinished, StandardOpenOption.WRITE);
    Files.move(
        unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
