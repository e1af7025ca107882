package dev.paceline.load.rows;

/// Encodes characters as UTF-8, and rejects what text in Postgres cannot hold.
public final class Utf8 {

  private Utf8() {}

  public static void encode(char[] text, int offset, int length, GrowableBuffer into) throws Unfit {
    int ascii = into.putAscii(text, offset, length);
    if (ascii < length) {
      encodeFrom(text, offset + ascii, offset + length, into);
    }
  }

  private static void encodeFrom(char[] text, int from, int end, GrowableBuffer into) throws Unfit {
    for (int i = from; i < end; i++) {
      char unit = text[i];
      if (unit == 0) {
        throw nulCharacter();
      } else if (unit < 0x80) {
        into.putByte(unit);
      } else if (unit < 0x800) {
        into.putByte(0xC0 | (unit >> 6));
        into.putByte(0x80 | (unit & 0x3F));
      } else if (Character.isSurrogate(unit)) {
        int point = codePoint(text, i++, end);
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

  static void check(char[] text, int offset, int length) throws Unfit {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (text[i] == 0) {
        throw nulCharacter();
      }
      if (Character.isSurrogate(text[i])) {
        codePoint(text, i++, end);
      }
    }
  }

  private static int codePoint(char[] text, int at, int end) throws Unfit {
    if (at + 1 < end && Character.isSurrogatePair(text[at], text[at + 1])) {
      return Character.toCodePoint(text[at], text[at + 1]);
    }
    throw new Unfit("it contains half a surrogate pair, which is not a character");
  }

  private static Unfit nulCharacter() {
    return new Unfit("it contains the character \\u0000, which text in Postgres cannot hold");
  }
}
