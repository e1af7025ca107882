package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /// The hash of null, of `[]` and of a member that is absent.
  static final String OF_ABSENT = HexFormat.of().toHexDigits(ABSENT);

  private CanonicalHash() {}

  /// The hash of a value, as 16 hexadecimal digits.
  ///
  /// @throws IOException if it is not valid JSON
  /// @throws LimitExceeded if a number or the nesting exceeds a limit
  public static String of(JsonSlice json) throws IOException, LimitExceeded {
    return hash(json, parser -> value(parser, MemberFilter.ALL));
  }

  /// The hash of a value of api.yaml.
  public static String of(String json) {
    try {
      return of(JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | LimitExceeded notAllowed) {
      throw new IllegalArgumentException("not a value of a record: " + json, notAllowed);
    }
  }

  /// The hash of a request and those members of a record that count: that of the list of both.
  static String of(String request, JsonSlice record, MemberFilter filter)
      throws IOException, LimitExceeded {
    char[] text = request.toCharArray();
    long first = finished(step(START, '[') * PRIME ^ text(text, 0, text.length, 's'));
    return hash(record, parser -> finished(first * PRIME ^ value(parser, filter)));
  }

  @FunctionalInterface
  private interface Step {
    long hash(JsonParser parser) throws IOException, LimitExceeded;
  }

  private static String hash(JsonSlice json, Step step) throws IOException, LimitExceeded {
    try (JsonParser parser = ExactJson.parser(json)) {
      parser.nextToken();
      String hash = HexFormat.of().toHexDigits(step.hash(parser));
      if (parser.nextToken() != null) {
        throw new MalformedJson("there is something after its end");
      }
      return hash;
    } catch (StreamConstraintsException tooMuch) {
      throw ExactJson.exceeded(tooMuch);
    }
  }

  private static long value(JsonParser parser, MemberFilter filter)
      throws IOException, LimitExceeded {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new MalformedJson("it is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, filter);
      case START_ARRAY -> array(parser, filter);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_STRING -> text(parser, 's');
      case VALUE_NULL -> ABSENT;
      default -> text(parser, 'l'); // true, false
    };
  }

  /// A sum, which does not depend on the order.
  private static long object(JsonParser parser, MemberFilter filter)
      throws IOException, LimitExceeded {
    long sum = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      long name = text(parser, 'm');
      parser.nextToken();
      if (filter.keeps(member)) {
        long value = value(parser, filter.below(member));
        sum += value == ABSENT ? 0 : finished(name * PRIME ^ value);
      } else {
        parser.skipChildren();
      }
    }
    return finished(step(START, '{') + sum);
  }

  private static long array(JsonParser parser, MemberFilter filter)
      throws IOException, LimitExceeded {
    long hash = step(START, '[');
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      hash = finished(hash * PRIME ^ value(parser, filter));
      empty = false;
    }
    return empty ? ABSENT : hash;
  }

  private static long text(JsonParser parser, char kind) throws IOException {
    return text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), kind);
  }

  private static long text(char[] text, int offset, int length, char kind) {
    long hash = step(START, kind);
    for (int i = offset; i < offset + length; i++) {
      hash = step(hash, text[i]);
    }
    return finished(hash);
  }

  /// Hashes the digits without leading and trailing zeros, and their power of ten.
  private static long number(JsonParser parser) throws IOException, LimitExceeded {
    ExactJson.checkNumber(parser);
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
        exponent += Integer.parseInt(new String(text, i + 1, end - i - 1)); // within the limits
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
