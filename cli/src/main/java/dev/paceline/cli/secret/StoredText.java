package dev.paceline.cli.secret;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A text as editors, shells and consoles store it: perhaps with a byte-order mark before it and
/// white space around it, which do not belong to it.
public final class StoredText {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private StoredText() {}

  /// The text alone.
  public static String of(String stored) {
    String text = stored.strip();
    return text.startsWith(BYTE_ORDER_MARK)
        ? text.substring(BYTE_ORDER_MARK.length()).strip()
        : text;
  }

  /// The text of a file alone.
  ///
  /// @throws CharacterCodingException if it is not UTF-8
  public static String of(byte[] file) throws CharacterCodingException {
    return of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
  }
}
