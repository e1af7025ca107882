package dev.paceline.sandbox.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Replaces a file at once: whoever reads it sees the old bytes or the new ones. Only its owner
/// may.
public final class AtomicFile {
  private AtomicFile() {}

  public static void replace(Path path, byte[] bytes) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(path + " is a folder");
    }
    // Such a file is created with 0600, wherever the file system knows permissions.
    Path fresh = Files.createTempFile(folder, "." + path.getFileName(), ".tmp");
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
