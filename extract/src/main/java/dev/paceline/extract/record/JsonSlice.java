package dev.paceline.extract.record;

import java.util.Arrays;

/// JSON within the bytes of a response, which all of its slices share: a page of records takes no
/// more memory than its response.
///
/// @param start where it begins in `bytes`
/// @param end after its last byte
@SuppressWarnings("ArrayRecordComponent") // never compared
public record JsonSlice(byte[] bytes, int start, int end) {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /// A whole body. A byte-order mark, which is not part of its JSON, is left out.
  public static JsonSlice of(byte[] body) {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked = body.length >= mark && Arrays.equals(body, 0, mark, BYTE_ORDER_MARK, 0, mark);
    return new JsonSlice(body, marked ? mark : 0, body.length);
  }

  int length() {
    return end - start;
  }

  /// The first byte of a value.
  char first() {
    return (char) bytes[start];
  }

  /// A copy of its first bytes.
  public byte[] beginning(int max) {
    return Arrays.copyOfRange(bytes, start, Math.min(end, start + max));
  }
}
