package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Finds values in JSON by their names, without a tree of the rest.
public final class JsonMembers {

  private JsonMembers() {}

  /// The member of an object; if it occurs several times, the last.
  public static Optional<JsonSlice> member(JsonSlice object, String name) throws IOException {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    Optional<JsonSlice> found = Optional.empty();
    JsonScanner scanner = new JsonScanner(object);
    scanner.expect('{');
    while (scanner.next('}')) {
      JsonSlice given = scanner.value();
      scanner.expect(':');
      JsonSlice value = scanner.value();
      if (isName(given, wanted)) {
        found = Optional.of(value);
      }
    }
    return found;
  }

  /// Whether a string is a name. Names rarely need escapes, but may have them.
  private static boolean isName(JsonSlice string, byte[] wanted) throws IOException {
    byte[] json = string.bytes();
    int start = string.start() + 1;
    int end = string.end() - 1;
    for (int i = start; i < end; i++) {
      if (json[i] == '\\') {
        byte[] name = text(string).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(name, wanted);
      }
    }
    return start <= end && Arrays.equals(json, start, end, wanted, 0, wanted.length);
  }

  /// The value at a JSON pointer.
  static Optional<JsonSlice> find(JsonSlice json, JsonPointer pointer) throws IOException {
    JsonScanner scanner = new JsonScanner(json);
    char first = scanner.peek();
    if (pointer.matches()) {
      return Optional.of(scanner.value());
    }
    Optional<JsonSlice> below =
        switch (first) {
          case '{' -> member(json, pointer.getMatchingProperty());
          case '[' -> element(scanner, pointer.getMatchingIndex());
          default -> Optional.empty();
        };
    return below.isEmpty() ? below : find(below.get(), pointer.tail());
  }

  private static Optional<JsonSlice> element(JsonScanner scanner, int index) throws MalformedJson {
    scanner.expect('[');
    for (int i = 0; scanner.next(']'); i++) {
      JsonSlice element = scanner.value();
      if (i == index) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /// The value at a JSON pointer of a body. What is around it is checked to be valid JSON, because
  /// a body may be truncated after the value; the value itself is not.
  ///
  /// @throws IOException if there is no such value, or what is around it is not valid JSON
  public static JsonSlice extract(JsonSlice body, String pointer) throws IOException {
    JsonSlice found =
        find(body, JsonPointer.compile(pointer))
            .orElseThrow(() -> new MalformedJson("it has nothing at " + pointer));
    InputStream around =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(
                        body.bytes(), body.start(), found.start() - body.start()),
                    new ByteArrayInputStream(new byte[] {'0'}),
                    new ByteArrayInputStream(
                        body.bytes(), found.end(), body.end() - found.end()))));
    try (JsonParser parser = ExactJson.parser(around)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        token = parser.nextToken();
      }
    }
    return found;
  }

  /// The text or number at a JSON pointer; empty if there is none. A number is as it is spelled.
  ///
  /// @throws IOException if it is not valid JSON, or exceeds a limit
  public static Optional<String> scalar(JsonSlice body, String pointer) throws IOException {
    Optional<JsonSlice> found = find(body, JsonPointer.compile(pointer));
    return found.isEmpty() ? Optional.empty() : scalar(found.get());
  }

  /// A text, or a number as it is spelled; empty for any other value.
  public static Optional<String> scalar(JsonSlice value) throws IOException {
    char first = value.first();
    if (first == '"') {
      return Optional.of(text(value));
    }
    if (first != '-' && !Character.isDigit(first)) {
      return Optional.empty();
    }
    try {
      ExactJson.check(value);
    } catch (LimitExceeded exceeded) {
      throw new MalformedJson(String.valueOf(exceeded.getMessage()));
    }
    return Optional.of(
        new String(value.bytes(), value.start(), value.length(), StandardCharsets.UTF_8));
  }

  private static String text(JsonSlice string) throws IOException {
    try (JsonParser parser = ExactJson.parser(string)) {
      parser.nextToken();
      return parser.getText();
    }
  }
}
