package dev.paceline.load.rows;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.PartReader;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/// Unpacks one part into blocks of whole lines, and verifies it against its commit: number of
/// lines, size and SHA-256.
final class PartSplitter {

  /// Far longer than any record; anything longer means that the part is damaged.
  private static final int LONGEST_LINE = 16 << 20;

  private final ObjectStore store;
  private final Part part;
  private final int index;
  private long rows;

  PartSplitter(ObjectStore store, Part part, int index) {
    this.store = store;
    this.part = part;
    this.index = index;
  }

  void split(BlockingQueue<byte[]> free, BlockingQueue<LineBlock> filled)
      throws InterruptedException {
    try (PartReader reader = PartReader.open(store, part)) {
      try {
        split(reader.stream(), free, filled);
      } catch (IOException e) {
        throw reader.unreadable(e);
      }
      reader.verify();
    }
    if (rows != part.rows()) {
      throw unusable("it has %d lines, its commit says %d".formatted(rows, part.rows()));
    }
  }

  private void split(InputStream lines, BlockingQueue<byte[]> free, BlockingQueue<LineBlock> filled)
      throws IOException, InterruptedException {
    byte[] buffer = free.take();
    int length = 0;
    while (true) {
      int read = lines.read(buffer, length, buffer.length - length);
      if (read < 0) {
        break;
      }
      length += read;
      if (length < buffer.length) {
        continue;
      }
      int complete = endOfLastLine(buffer, length);
      if (complete == 0) {
        buffer = grown(buffer);
        continue;
      }
      byte[] next = free.take();
      int partial = length - complete;
      if (next.length <= partial) {
        next = new byte[2 * partial];
      }
      System.arraycopy(buffer, complete, next, 0, partial);
      enqueue(buffer, complete, filled);
      buffer = next;
      length = partial;
    }
    if (length == 0) {
      free.add(buffer);
    } else {
      enqueueLast(buffer, length, filled);
    }
  }

  /// The last line may lack its line feed.
  private void enqueueLast(byte[] buffer, int length, BlockingQueue<LineBlock> filled)
      throws InterruptedException {
    if (buffer[length - 1] == '\n') {
      enqueue(buffer, length, filled);
    } else {
      byte[] terminated = Arrays.copyOf(buffer, Math.max(buffer.length, length + 1));
      terminated[length] = '\n';
      enqueue(terminated, length + 1, filled);
    }
  }

  private void enqueue(byte[] buffer, int length, BlockingQueue<LineBlock> filled)
      throws InterruptedException {
    for (int i = 0; i < length; i++) {
      rows += buffer[i] == '\n' ? 1 : 0;
    }
    filled.put(new LineBlock(index, buffer, length));
  }

  private static int endOfLastLine(byte[] buffer, int length) {
    int end = length;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private byte[] grown(byte[] buffer) {
    if (buffer.length >= LONGEST_LINE) {
      throw unusable("line %d is longer than %d MiB".formatted(rows + 1, LONGEST_LINE >> 20));
    }
    return Arrays.copyOf(buffer, buffer.length * 2);
  }

  private Failure unusable(String what) {
    return new Failure(
        Exit.UNUSABLE,
        "Reading " + store.address(part.key()),
        what,
        "restore the object, or its commit, from a backup or an older version");
  }
}
