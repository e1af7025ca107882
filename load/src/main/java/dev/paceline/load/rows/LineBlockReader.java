package dev.paceline.load.rows;

import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads the lines of parts, in order. A thread reads, unpacks and verifies a few blocks ahead of
/// the consumer. Once the last block has been taken, every part has been verified against its
/// commit.
public final class LineBlockReader implements AutoCloseable {

  private static final int BLOCKS = 4;
  private static final int BLOCK_BYTES = 1 << 18;
  private static final LineBlock END = new LineBlock(-1, new byte[0], 0);

  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<LineBlock> filled = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final Thread reader;
  private volatile @Nullable Throwable failure;

  public LineBlockReader(ObjectStore store, List<Part> parts) {
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new byte[BLOCK_BYTES]);
    }
    reader = Thread.ofPlatform().name("unpack").daemon().unstarted(() -> read(store, parts));
    reader.start();
  }

  /// The next block, to be released after use; empty after the last. Rethrows a failure of the
  /// reading thread.
  public Optional<LineBlock> next() {
    try {
      LineBlock block = filled.take();
      if (block.part() != END.part()) {
        return Optional.of(block);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading parts.", e);
    }
    switch (failure) {
      case null -> {
        return Optional.empty();
      }
      case RuntimeException known -> throw known;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  public void release(LineBlock block) {
    boolean reusable =
        block.bytes().length == BLOCK_BYTES; // one that grew for a long line is dropped
    free.add(reusable ? block.bytes() : new byte[BLOCK_BYTES]);
  }

  private void read(ObjectStore store, List<Part> parts) {
    try {
      for (int i = 0; i < parts.size(); i++) {
        new PartSplitter(store, parts.get(i), i).split(free, filled);
      }
    } catch (InterruptedException closed) {
      return; // the consumer has gone
    } catch (Throwable thrown) { // next() rethrows it in the consuming thread
      failure = thrown;
    }
    filled.add(END); // the queue has a place reserved for it
  }

  /// Stops the reading thread, and waits until it has closed its part.
  @Override
  public void close() {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
