package dev.paceline.load.rows;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.PartReader;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;

/// Unpacks one part into blocks of whole lines, and verifies it against its commit: number of
/// lines, size and SHA-256.
final class PartSplitter {

  private final ObjectStore store;
  private final Part part;
  private final int index;
  private final LineBlocks blocks;
  private long rows;

  PartSplitter(ObjectStore store, Part part, int index, LineBlocks blocks) {
    this.store = store;
    this.part = part;
    this.index = index;
    this.blocks = blocks;
  }

  void split() throws InterruptedException {
    try (PartReader reader = PartReader.open(store, part)) {
      try {
        split(reader.stream());
      } catch (IOException e) {
        throw reader.unreadable(e);
      }
      reader.verify();
    }
    if (rows != part.rows()) {
      throw new Failure(
          Exit.UNUSABLE,
          "Reading " + store.address(part.key()),
          "it has %d lines, its commit says %d".formatted(rows, part.rows()),
          "restore the object, or its commit, from a backup or an older version");
    }
  }

  private void split(InputStream in) throws IOException, InterruptedException {
    LineBlock block = blocks.takeFree(index);
    boolean more = true;
    while (more) {
      more = block.fill(in);
      if (block.isTooLong()) {
        LineBlock next = blocks.takeFree(index);
        more = block.cut(next, in) && more;
        pass(block);
        block = next;
      } else if (block.lines() > 0) {
        LineBlock next = blocks.takeFree(index);
        block.moveRest(next);
        pass(block);
        block = next;
      } else if (more) {
        if (!block.isGrown()) {
          blocks.awaitOthers(); // one long line in memory at a time
        }
        block.grow();
      }
    }
    block.end();
    pass(block);
  }

  private void pass(LineBlock block) throws InterruptedException {
    rows += block.lines();
    blocks.pass(block);
  }
}
