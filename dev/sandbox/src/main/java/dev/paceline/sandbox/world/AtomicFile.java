package dev.paceline.sandbox.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Replaces a file atomically: a reader sees either the old bytes or the new ones. Only the owner
/// can read it.
public final class AtomicFile {
  private AtomicFile() {}

  public static void replace(Path path, byte[] bytes) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(path + " is a folder");
    }
    // A temporary file is created with mode 0600 where the file system supports permissions.
    Path temporary = Files.createTempFile(folder, "." + path.getFileName(), ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
