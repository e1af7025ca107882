package dev.paceline.lake.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Whether bytes are valid UTF-8 by the rules of Postgres: complete, nothing overlong, no
/// surrogates, nothing beyond U+10FFFF. The JSON parser lets some of that through.
public final class Utf8Validator {

  public static final int VALID = -1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8Validator() {}

  /// The position of the first byte that does not begin a complete character, or [#VALID].
  public static int firstInvalid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (end - at >= Long.BYTES && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
        at += Long.BYTES; // almost all text is ASCII
        continue;
      }
      int size = sizeAt(bytes, at, end);
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return VALID;
  }

  /// The length in bytes of the character at that position; 0 if there is no valid one.
  private static int sizeAt(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = size(first);
    if (size == 0 || size > end - at) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80; // below it is overlong
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF; // surrogates; the last character
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  private static int size(int first) {
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }
}
