package dev.paceline.lake.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Serialises the conditional writes of a folder, by a lock on `.lock` that the operating system
/// releases when a process dies.
final class WriteLock {

  private static final String FILE = ".lock";

  /// A file lock excludes other processes only; this excludes other threads of this process.
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

  private final Path file;

  WriteLock(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /// Acts while nobody else does.
  <T> T with(Action<T> action) throws IOException {
    THIS_PROCESS.lock();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // closing the channel releases it
      return action.run();
    } finally {
      THIS_PROCESS.unlock();
    }
  }

  /// What is done with files.
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }
}
