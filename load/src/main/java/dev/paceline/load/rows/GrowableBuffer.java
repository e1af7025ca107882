package dev.paceline.load.rows;

import java.util.Arrays;

/// A byte buffer that grows as needed. Numbers are big-endian. Created once and reused for every
/// row.
public final class GrowableBuffer {

  /// A buffer that grew beyond this is replaced when it is cleared: there are many buffers, and a
  /// record with one long value would otherwise keep one of them large for good.
  private static final int RETAINED = 1 << 17;

  private final int capacity;
  private byte[] array;
  private int length;

  public GrowableBuffer(int capacity) {
    this.capacity = capacity;
    this.array = new byte[capacity];
  }

  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
    if (array.length > RETAINED) {
      array = new byte[capacity];
    }
  }

  /// Drops what follows the first bytes.
  void truncate(int to) {
    length = to;
  }

  public void putByte(int value) {
    reserve(1);
    array[length++] = (byte) value;
  }

  public void putShort(int value) {
    reserve(2);
    array[length++] = (byte) (value >> 8);
    array[length++] = (byte) value;
  }

  public void putInt(int value) {
    reserve(4);
    setInt(length, value);
    length += 4;
  }

  /// Overwrites four bytes that were already written.
  public void setInt(int at, int value) {
    array[at] = (byte) (value >> 24);
    array[at + 1] = (byte) (value >> 16);
    array[at + 2] = (byte) (value >> 8);
    array[at + 3] = (byte) value;
  }

  public void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  /// Appends characters up to the first one that is 0 or not ASCII, and returns how many it
  /// appended.
  public int putAscii(char[] text, int offset, int count) {
    reserve(count);
    byte[] into = array;
    int at = length;
    for (int i = 0; i < count; i++) {
      char unit = text[offset + i];
      if (unit == 0 || unit > 0x7F) {
        length = at;
        return i;
      }
      into[at++] = (byte) unit;
    }
    length = at;
    return count;
  }

  public void put(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, array, length, count);
    length += count;
  }

  public void put(GrowableBuffer other) {
    put(other.array, 0, other.length);
  }

  public boolean hasSameBytesAs(GrowableBuffer other) {
    return Arrays.equals(array, 0, length, other.array, 0, other.length);
  }

  /// Makes room, so that what follows does not grow the buffer step by step.
  public void reserve(int more) {
    if (more > array.length - length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(length, more)));
    }
  }
}
