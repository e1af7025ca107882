package dev.paceline.extract.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Locks a folder of tokens for one writer, across the processes of this machine. A process that
/// dies releases its lock; the file `.lock` stays, and does not mean that the lock is held.
final class FolderLock implements AutoCloseable {

  private static final String FILE = ".lock";

  /// The lock of the operating system belongs to the process and does not exclude its other
  /// threads.
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /// Waits until the lock is free, which takes no longer than a write.
  static FolderLock acquire(Path folder) throws IOException {
    THIS_PROCESS.lock();
    boolean acquired = false;
    try {
      FolderLock lock =
          new FolderLock(
              FileChannel.open(
                  folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      try {
        lock.file.lock();
        acquired = true;
      } finally {
        if (!acquired) {
          lock.file.close();
        }
      }
      return lock;
    } finally {
      if (!acquired) {
        THIS_PROCESS.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close(); // this releases the lock
    } finally {
      THIS_PROCESS.unlock();
    }
  }
}
