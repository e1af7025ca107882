package dev.paceline.lake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import dev.paceline.cli.failure.FirstLine;

/// Says in a few words why something is not JSON. The parser's own message speaks of its sources,
/// codes of characters and names of tokens.
public final class JsonFault {

  private JsonFault() {}

  /// What is wrong, and where, e.g. `Unexpected character '<', line 1, column 1`.
  public static String of(JacksonException malformed) {
    JsonLocation where = malformed.getLocation();
    return where == null || where.getLineNr() < 1
        ? what(malformed)
        : "%s, line %d, column %d"
            .formatted(what(malformed), where.getLineNr(), where.getColumnNr());
  }

  /// What is wrong, without where.
  public static String what(JacksonException malformed) {
    return FirstLine.of(malformed.getOriginalMessage())
        .replaceFirst(" \\(start marker at .*", "")
        .replaceFirst("\\(+('.*?'|CTRL-CHAR),? \\(?code [0-9]+[^)]*\\)+", "$1")
        .replaceFirst(": expected a valid value .*", "")
        .replaceFirst(": was expecting \\(JSON .*", "")
        .strip();
  }
}
