package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;

/// A hash of the meaning of JSON, not of its spelling: the order of members does not matter, 1 =
/// 1.0, and a member that is null or `[]` equals an absent one, because Strava returns coordinates
/// in all three ways.
///
/// It is computed while the text is parsed, so a ride of 20,000 points needs no tree of numbers. It
/// has 64 bits, FNV-1a with a finalizer: a record is only ever compared with its own earlier
/// version.
public final class CanonicalHash {

  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long ABSENT = 0;

  private CanonicalHash() {}

  /// The hash as 16 hexadecimal digits.
  public static String of(JsonNode json) {
    try (JsonParser parser = json.traverse()) {
      parser.nextToken();
      return of(parser);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The hash of the value at the parser's current token; the parser is then at the last token of
  /// it.
  static String of(JsonParser parser) throws IOException {
    return HexFormat.of().toHexDigits(value(parser));
  }

  private static long value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_STRING -> text(parser, 's');
      case VALUE_NULL -> ABSENT;
      default -> text(parser, 'l'); // true, false
    };
  }

  /// A sum, which does not depend on the order.
  private static long object(JsonParser parser) throws IOException {
    long sum = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      long name = text(parser, 'm');
      parser.nextToken();
      long value = value(parser);
      if (value != ABSENT) {
        sum += finished(name * PRIME ^ value);
      }
    }
    return finished(step(START, '{') + sum);
  }

  private static long array(JsonParser parser) throws IOException {
    long hash = step(START, '[');
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      hash = finished(hash * PRIME ^ value(parser));
      empty = false;
    }
    return empty ? ABSENT : hash;
  }

  private static long text(JsonParser parser, char kind) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    long hash = step(START, kind);
    for (int i = parser.getTextOffset(); i < end; i++) {
      hash = step(hash, text[i]);
    }
    return finished(hash);
  }

  /// Hashes the digits without leading and trailing zeros, and their power of ten.
  private static long number(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    long digits = step(START, 'n');
    long exponent = 0;
    int zeros = 0;
    boolean begun = false;
    boolean fraction = false;
    for (int i = parser.getTextOffset(); i < end; i++) {
      char c = text[i];
      if (c == '.') {
        fraction = true;
      } else if (c == 'e' || c == 'E') {
        exponent += new BigInteger(new String(text, i + 1, end - i - 1)).longValue();
        break;
      } else if (c == '-') {
        digits = step(digits, c);
      } else {
        exponent -= fraction ? 1 : 0;
        if (c != '0') {
          for (; zeros > 0; zeros--) {
            digits = step(digits, '0');
          }
          digits = step(digits, c);
          begun = true;
        } else if (begun) {
          zeros++;
        }
      }
    }
    return begun ? finished(digits * PRIME ^ (exponent + zeros)) : finished(step(START, '0'));
  }

  private static long step(long hash, char c) {
    return (hash ^ c) * PRIME;
  }

  /// Spreads the effect of the last characters over all bits; never returns [#ABSENT].
  private static long finished(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    h ^= h >>> 33;
    return h == ABSENT ? 1 : h;
  }
}
