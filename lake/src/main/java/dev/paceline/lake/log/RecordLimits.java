package dev.paceline.lake.log;

/// What a record may be at most, for everything that writes or reads a lake. Whatever keeps to it
/// fits into a heap of 128 MiB and into Postgres. JSON itself has no limits.
public final class RecordLimits {

  /// The longest line of a part in bytes: the record in its envelope, without its line feed. The
  /// streams of a ride of a whole day at one point per second take about 6 MB.
  public static final int LINE_BYTES = 8 << 20;

  /// The longest key in bytes, as a JSON array. An index entry of Postgres can have about 2,700.
  public static final int KEY_BYTES = 1000;

  /// What the members around key and record take in a line, at most.
  static final int ENVELOPE_BYTES = 256;

  /// The longest record in bytes: with the longest key it still fits into a line.
  public static final int RECORD_BYTES = LINE_BYTES - KEY_BYTES - ENVELOPE_BYTES;

  /// The longest number in characters, as it is written.
  public static final int NUMBER_CHARACTERS = 1000;

  /// How many digits a number may have before its decimal point, and how many after it, when it is
  /// written without an exponent. The largest double has 309 before it.
  public static final int NUMBER_DIGITS = 1000;

  /// An exponent of more digits than this is out of bounds whatever precedes it.
  private static final int EXPONENT_DIGITS = 5;

  private RecordLimits() {}

  /// Whether a JSON number keeps to the limits. Looks at the characters only: to compute a value
  /// such as 1e999999999 would take seconds or all memory.
  ///
  /// @param text contains the number, as JSON writes numbers
  public static boolean allowNumber(char[] text, int offset, int length) {
    if (length > NUMBER_CHARACTERS) {
      return false;
    }
    int end = offset + length;
    int at = text[offset] == '-' ? offset + 1 : offset;
    int whole = at;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    int beforePoint = at - whole;
    int afterPoint = 0;
    if (at < end && text[at] == '.') {
      int fraction = ++at;
      while (at < end && isDigit(text[at])) {
        at++;
      }
      afterPoint = at - fraction;
    }
    return at == end || allowExponent(text, at + 1, end, beforePoint, afterPoint);
  }

  private static boolean allowExponent(
      char[] text, int from, int end, int beforePoint, int afterPoint) {
    boolean negative = text[from] == '-';
    int at = negative || text[from] == '+' ? from + 1 : from;
    while (at < end && text[at] == '0') {
      at++;
    }
    if (end - at > EXPONENT_DIGITS) {
      return false;
    }
    int exponent = 0;
    for (; at < end; at++) {
      exponent = exponent * 10 + (text[at] - '0');
    }
    exponent = negative ? -exponent : exponent;
    return beforePoint + exponent <= NUMBER_DIGITS && afterPoint - exponent <= NUMBER_DIGITS;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
