package dev.paceline.extract.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Holds a folder of tokens for one writer, of this process or of another on this machine. A
/// process that dies lets go; the file `.lock` stays, and means nothing by itself.
final class FolderLock implements AutoCloseable {

  private static final String FILE = ".lock";

  /// The system's lock is the whole process's: it keeps no thread from another.
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /// Waits for whoever holds it, which is never for longer than a write.
  static FolderLock take(Path folder) throws IOException {
    THIS_PROCESS.lock();
    boolean taken = false;
    try {
      FolderLock lock =
          new FolderLock(
              FileChannel.open(
                  folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      try {
        lock.file.lock();
        taken = true;
      } finally {
        if (!taken) {
          lock.file.close();
        }
      }
      return lock;
    } finally {
      if (!taken) {
        THIS_PROCESS.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close(); // which lets go
    } finally {
      THIS_PROCESS.unlock();
    }
  }
}
