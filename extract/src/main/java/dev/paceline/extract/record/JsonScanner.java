package dev.paceline.extract.record;

/// Finds where values begin and end without parsing them: it counts brackets and skips strings. So
/// a value that a parser would refuse, because it is too deep or too long, does not take its
/// neighbours with it. Whether a value is valid JSON, only a parser can tell.
final class JsonScanner {

  private final byte[] json;
  private final int end;
  private int at;
  private boolean entered;

  JsonScanner(JsonSlice json) {
    this.json = json.bytes();
    this.at = json.start();
    this.end = json.end();
  }

  /// The next byte that is not white space; it is not consumed.
  char peek() throws MalformedJson {
    skipWhiteSpace();
    if (at == end) {
      throw new MalformedJson("it ends too early, at byte %d".formatted(at));
    }
    return (char) json[at];
  }

  /// Consumes a byte after white space.
  void expect(char expected) throws MalformedJson {
    if (peek() != expected) {
      throw malformed("a %s is missing".formatted(expected));
    }
    at++;
  }

  /// Moves to the next element of a list or an object whose opening bracket was consumed. Returns
  /// false after the last, and consumes the closing bracket.
  boolean next(char closing) throws MalformedJson {
    boolean first = !entered;
    entered = true;
    if (peek() == closing) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /// Consumes the next value.
  JsonSlice value() throws MalformedJson {
    char first = peek();
    int start = at;
    switch (first) {
      case '"' -> skipString();
      case '{', '[' -> skipContainer();
      case ',', ':', ']', '}' -> throw malformed("a value is missing");
      default -> skipScalar();
    }
    return new JsonSlice(json, start, at);
  }

  /// Consumes the rest, which must be white space.
  void end() throws MalformedJson {
    skipWhiteSpace();
    if (at < end) {
      throw malformed("there is something after its end");
    }
  }

  private void skipContainer() throws MalformedJson {
    int depth = 0;
    do {
      if (at == end) {
        throw new MalformedJson("it ends too early, at byte %d".formatted(at));
      }
      switch (json[at]) {
        case '"' -> {
          skipString();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0);
  }

  private void skipString() throws MalformedJson {
    for (at++; at < end && json[at] != '"'; at++) {
      if (json[at] == '\\') {
        at++;
      }
    }
    if (at >= end) {
      throw new MalformedJson("it ends too early, at byte %d".formatted(end));
    }
    at++;
  }

  private void skipScalar() {
    while (at < end && !isWhiteSpace(json[at]) && ",:[]{}\"".indexOf(json[at]) < 0) {
      at++;
    }
  }

  private void skipWhiteSpace() {
    while (at < end && isWhiteSpace(json[at])) {
      at++;
    }
  }

  static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private MalformedJson malformed(String what) {
    return new MalformedJson("%s, at byte %d".formatted(what, at));
  }
}
