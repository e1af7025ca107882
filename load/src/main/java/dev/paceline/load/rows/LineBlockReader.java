package dev.paceline.load.rows;

import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the lines of parts, in order. A thread reads, unpacks and verifies a few blocks ahead of
/// the consumer. Once the last block has been taken, every part has been verified against its
/// commit.
public final class LineBlockReader implements AutoCloseable {

  private final LineBlocks blocks = new LineBlocks();
  private final Thread reader;
  private volatile @Nullable Throwable failure;

  public LineBlockReader(ObjectStore store, List<Part> parts) {
    reader = Thread.ofPlatform().name("unpack").daemon().unstarted(() -> read(store, parts));
    reader.start();
  }

  /// The next block, to be released after use; empty after the last. Rethrows a failure of the
  /// reading thread.
  public Optional<LineBlock> next() {
    try {
      Optional<LineBlock> block = blocks.takeFilled();
      if (block.isPresent()) {
        return block;
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
    blocks.release(block);
  }

  private void read(ObjectStore store, List<Part> parts) {
    try {
      for (int i = 0; i < parts.size(); i++) {
        new PartSplitter(store, parts.get(i), i, blocks).split();
      }
    } catch (InterruptedException closed) {
      return; // the consumer has gone
    } catch (Throwable thrown) { // next() rethrows it in the consuming thread
      failure = thrown;
    }
    blocks.end();
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
