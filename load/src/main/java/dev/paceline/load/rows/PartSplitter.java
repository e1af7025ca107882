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

/// Unpacks one part into blocks of whole lines, and proves that it is the part its commit lists:
/// its lines, its size and its SHA-256.
final class PartSplitter {

  /// Far beyond any record; what is longer is no record but a damage.
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
      } catch (IOException broken) {
        throw reader.unreadable(broken);
      }
      reader.verify();
    }
    if (rows != part.rows()) {
      throw unusable("it holds %d lines, its commit says %d".formatted(rows, part.rows()));
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
      int whole = endOfLastLine(buffer, length);
      if (whole == 0) {
        buffer = grown(buffer);
        continue;
      }
      byte[] next = free.take();
      int begun = length - whole;
      if (next.length <= begun) {
        next = new byte[2 * begun];
      }
      System.arraycopy(buffer, whole, next, 0, begun);
      hand(buffer, whole, filled);
      buffer = next;
      length = begun;
    }
    if (length == 0) {
      free.add(buffer);
    } else {
      end(buffer, length, filled);
    }
  }

  /// The last line may lack its line feed.
  private void end(byte[] buffer, int length, BlockingQueue<LineBlock> filled)
      throws InterruptedException {
    if (buffer[length - 1] == '\n') {
      hand(buffer, length, filled);
    } else {
      byte[] ended = Arrays.copyOf(buffer, Math.max(buffer.length, length + 1));
      ended[length] = '\n';
      hand(ended, length + 1, filled);
    }
  }

  private void hand(byte[] buffer, int length, BlockingQueue<LineBlock> filled)
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
        "restore the object from a backup or an older version");
  }
}
