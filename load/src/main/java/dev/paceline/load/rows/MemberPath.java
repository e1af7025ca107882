package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A position in a line: the names of the enclosing members, outermost first.
final class MemberPath {

  private MemberPath() {}

  /// The path of the current token.
  static List<String> of(JsonStreamContext innermost) {
    List<String> names = new ArrayList<>();
    for (JsonStreamContext level = innermost; level != null; level = level.getParent()) {
      if (level.inObject() && level.getCurrentName() != null) {
        names.add(level.getCurrentName());
      }
    }
    return names.reversed();
  }

  /// The path of a byte in a line that may not be valid UTF-8; empty if the line is not valid JSON
  /// up to it.
  static List<String> of(byte[] bytes, int offset, int length, int position) {
    byte[] ascii = Arrays.copyOfRange(bytes, offset, offset + length);
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = ascii[i] < 0 ? (byte) '?' : ascii[i];
    }
    try (Line line = new Line(ascii, 0, length)) {
      JsonParser parser = line.parser();
      while (parser.nextToken() != null) {
        parser.finishToken();
        if (parser.currentLocation().getByteOffset() > position - offset) {
          return of(parser.getParsingContext());
        }
      }
      return List.of();
    } catch (JacksonException malformed) {
      return List.of(); // then the byte is between values, not inside a member
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", impossible);
    }
  }
}
