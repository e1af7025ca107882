package dev.paceline.load.rows;

import dev.paceline.lake.log.RecordLimits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Whole lines of one part, and where each of them ends. Used again and again: valid until it is
/// released.
public final class LineBlock {

  /// How many bytes are read at a time. Only a block for a longer line is larger.
  private static final int CAPACITY = 1 << 18;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private byte[] bytes = new byte[CAPACITY];
  private int length;
  private int scanned;
  private int part;
  private boolean cut;

  private int[] ends = new int[256];
  private boolean[] ascii = new boolean[256];
  private int lines;

  /// The high bits of the bytes of the line that has not ended yet.
  private long seen;

  /// Empties the block, for lines of a part.
  ///
  /// @param index of the part in the list that is read
  void start(int index) {
    part = index;
    length = 0;
    scanned = 0;
    lines = 0;
    seen = 0;
    cut = false;
  }

  /// Gives back the memory of a long line.
  void release() {
    if (bytes.length != CAPACITY) {
      bytes = new byte[CAPACITY];
    }
  }

  /// Reads as much as there is room for, at most [#CAPACITY]. Returns false at the end of the part.
  boolean fill(InputStream in) throws IOException {
    int room = Math.min(bytes.length - length, CAPACITY);
    int read = in.readNBytes(bytes, length, room);
    length += read;
    scan();
    return read == room;
  }

  /// Makes room for a longer line, unless there is some.
  void grow() {
    if (length < bytes.length) {
      return;
    }
    bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, RecordLimits.LINE_BYTES + CAPACITY));
  }

  boolean isGrown() {
    return bytes.length > CAPACITY;
  }

  /// Whether the first line is longer than a line may be, even if it has not ended yet.
  boolean isTooLong() {
    return (lines == 0 ? length : ends[0]) > RecordLimits.LINE_BYTES;
  }

  /// Moves what follows the complete lines to an empty block.
  void moveRest(LineBlock to) {
    moveFrom(lines == 0 ? 0 : ends[lines - 1] + 1, to);
  }

  private void moveFrom(int start, LineBlock to) {
    System.arraycopy(bytes, start, to.bytes, 0, length - start);
    to.length = length - start;
    length = start;
    to.scan();
  }

  /// Keeps the beginning of a line that is too long, as the only line of this block, and moves what
  /// follows that line to an empty block.
  ///
  /// @param in where the line continues
  /// @return false at the end of the part
  boolean cut(LineBlock to, InputStream in) throws IOException {
    boolean more = true;
    if (lines == 0) {
      more = to.skipLine(in);
    } else {
      moveFrom(ends[0] + 1, to);
    }
    keepBeginning();
    return more;
  }

  private void keepBeginning() {
    cut = true;
    bytes = Arrays.copyOf(bytes, RejectedRecord.LINE_BYTES + 1);
    length = RejectedRecord.LINE_BYTES;
    lines = 0;
    end();
  }

  /// Reads up to the end of the current line, and keeps what follows it. Returns false at the end
  /// of the part.
  boolean skipLine(InputStream in) throws IOException {
    boolean more = true;
    while (lines == 0 && more) {
      length = 0;
      scanned = 0;
      more = fill(in);
    }
    if (lines > 0) {
      int after = ends[0] + 1;
      System.arraycopy(bytes, after, bytes, 0, length - after);
      length -= after;
    } else {
      length = 0;
    }
    scanned = 0;
    lines = 0;
    seen = 0;
    scan();
    return more;
  }

  /// Ends the last line, which may lack its line feed.
  void end() {
    if (length > (lines == 0 ? 0 : ends[lines - 1] + 1)) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length + 1);
      }
      bytes[length++] = '\n';
      scanned = length;
      addLine(length - 1);
    }
  }

  private void scan() {
    int at = scanned;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      long word = (long) EIGHT.get(bytes, at);
      long difference = word ^ LINE_FEEDS;
      if (((difference - ONES) & ~difference & HIGH_BITS) == 0) {
        seen |= word;
      } else {
        scan(at, at + Long.BYTES);
      }
    }
    scan(at, length);
    scanned = length;
  }

  private void scan(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\n') {
        addLine(at);
      } else {
        seen |= bytes[at];
      }
    }
  }

  private void addLine(int end) {
    if (lines == ends.length) {
      ends = Arrays.copyOf(ends, 2 * lines);
      ascii = Arrays.copyOf(ascii, 2 * lines);
    }
    ends[lines] = end;
    ascii[lines] = (seen & HIGH_BITS) == 0;
    lines++;
    seen = 0;
  }

  /// The index of the part in the list that is read.
  public int part() {
    return part;
  }

  public int lines() {
    return lines;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Where a line begins.
  int startOf(int index) {
    return index == 0 ? 0 : ends[index - 1] + 1;
  }

  /// Where its line feed is.
  int endOf(int index) {
    return ends[index];
  }

  /// Whether it has no byte above 7F, so that it is valid UTF-8.
  boolean isAscii(int index) {
    return ascii[index];
  }

  /// Whether its only line was too long, and is only the beginning of it.
  boolean isCut() {
    return cut;
  }
}
