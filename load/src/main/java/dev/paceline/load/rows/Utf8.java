package dev.paceline.load.rows;

/// Java's characters as UTF-8, refusing what Postgres's text cannot hold.
public final class Utf8 {

  private Utf8() {}

  public static void encode(char[] text, int offset, int length, GrowableBuffer into)
      throws RejectedRecord {
    int plain = into.putAscii(text, offset, length);
    if (plain < length) {
      encodeRest(text, offset + plain, offset + length, into);
    }
  }

  private static void encodeRest(char[] text, int from, int end, GrowableBuffer into)
      throws RejectedRecord {
    for (int i = from; i < end; i++) {
      char unit = text[i];
      if (unit == 0) {
        throw zero();
      } else if (unit < 0x80) {
        into.putByte(unit);
      } else if (unit < 0x800) {
        into.putByte(0xC0 | (unit >> 6));
        into.putByte(0x80 | (unit & 0x3F));
      } else if (Character.isSurrogate(unit)) {
        int point = pair(text, i++, end);
        into.putByte(0xF0 | (point >> 18));
        into.putByte(0x80 | ((point >> 12) & 0x3F));
        into.putByte(0x80 | ((point >> 6) & 0x3F));
        into.putByte(0x80 | (point & 0x3F));
      } else {
        into.putByte(0xE0 | (unit >> 12));
        into.putByte(0x80 | ((unit >> 6) & 0x3F));
        into.putByte(0x80 | (unit & 0x3F));
      }
    }
  }

  static void check(char[] text, int offset, int length) throws RejectedRecord {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (text[i] == 0) {
        throw zero();
      }
      if (Character.isSurrogate(text[i])) {
        pair(text, i++, end);
      }
    }
  }

  private static int pair(char[] text, int at, int end) throws RejectedRecord {
    if (at + 1 < end && Character.isSurrogatePair(text[at], text[at + 1])) {
      return Character.toCodePoint(text[at], text[at + 1]);
    }
    throw new RejectedRecord("it holds half a surrogate pair, which is no character");
  }

  private static RejectedRecord zero() {
    return new RejectedRecord("it holds the character \\u0000, which Postgres has in no text");
  }
}
