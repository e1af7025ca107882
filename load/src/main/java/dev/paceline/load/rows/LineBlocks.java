package dev.paceline.load.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The few blocks that go round between the thread that fills them and the one that empties them.
final class LineBlocks {

  private static final int COUNT = 4;

  private final BlockingQueue<LineBlock> free = new ArrayBlockingQueue<>(COUNT);

  /// Empty stands for the end.
  private final BlockingQueue<Optional<LineBlock>> filled = new ArrayBlockingQueue<>(COUNT + 1);

  LineBlocks() {
    for (int i = 0; i < COUNT; i++) {
      free.add(new LineBlock());
    }
  }

  /// An empty block for lines of that part; waits for one.
  LineBlock takeFree(int part) throws InterruptedException {
    LineBlock block = free.take();
    block.start(part);
    return block;
  }

  /// Waits until the caller has the only block in use.
  void awaitOthers() throws InterruptedException {
    List<LineBlock> others = new ArrayList<>();
    while (others.size() < COUNT - 1) {
      others.add(free.take());
    }
    others.forEach(LineBlock::release);
    free.addAll(others);
  }

  /// Passes a block on.
  void pass(LineBlock block) throws InterruptedException {
    filled.put(Optional.of(block));
  }

  /// Says that no block follows.
  void end() {
    filled.add(Optional.empty()); // the queue has a place reserved for it
  }

  /// The next filled block; empty at the end.
  Optional<LineBlock> takeFilled() throws InterruptedException {
    return filled.take();
  }

  void release(LineBlock block) {
    block.release();
    free.add(block);
  }
}
