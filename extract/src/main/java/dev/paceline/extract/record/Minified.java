package dev.paceline.extract.record;

import dev.paceline.lake.log.RecordLimits;
import dev.paceline.lake.log.Utf8Validator;
import java.util.Arrays;

/// Removes the white space between the tokens of JSON. Inside strings, the only one of these bytes
/// that can occur is the space, which is kept.
final class Minified {

  private Minified() {}

  /// A copy without white space. A string that does not end is copied as it is.
  static byte[] of(JsonSlice json) {
    byte[] bytes = json.bytes();
    if (!hasWhiteSpace(json)) {
      return Arrays.copyOfRange(bytes, json.start(), json.end());
    }
    byte[] out = new byte[length(json)];
    copy(json, out);
    return out;
  }

  /// @throws LimitExceeded if it would be longer than a record may be, or is not valid UTF-8: the
  ///   parser does not see that everywhere, and Postgres would not take it
  static void ensureFits(JsonSlice json) throws LimitExceeded {
    if (json.length() > RecordLimits.RECORD_BYTES && length(json) > RecordLimits.RECORD_BYTES) {
      throw new LimitExceeded(
          "its %d bytes are more than %d".formatted(length(json), RecordLimits.RECORD_BYTES));
    }
    int invalid = Utf8Validator.firstInvalid(json.bytes(), json.start(), json.length());
    if (invalid != Utf8Validator.VALID) {
      throw new LimitExceeded(
          "its byte %d, %02X, is not valid UTF-8"
              .formatted(invalid - json.start() + 1, json.bytes()[invalid]));
    }
  }

  private static int length(JsonSlice json) {
    return copy(json, new byte[0]);
  }

  /// Copies as much as fits; returns the length of all.
  private static int copy(JsonSlice json, byte[] out) {
    int length = 0;
    boolean inString = false;
    boolean escaped = false;
    for (int i = json.start(); i < json.end(); i++) {
      byte b = json.bytes()[i];
      if (inString || !JsonScanner.isWhiteSpace(b)) {
        if (length < out.length) {
          out[length] = b;
        }
        length++;
        inString = inString ? escaped || b != '"' : b == '"';
        escaped = inString && !escaped && b == '\\';
      }
    }
    return length;
  }

  /// A ride of 20,000 points usually has none, and need not be copied byte by byte.
  private static boolean hasWhiteSpace(JsonSlice json) {
    byte[] bytes = json.bytes();
    boolean found = false;
    for (int i = json.start(); i < json.end(); i++) {
      found |= bytes[i] >= 0 && bytes[i] <= ' '; // bytes of 128 and above are negative
    }
    return found;
  }
}
