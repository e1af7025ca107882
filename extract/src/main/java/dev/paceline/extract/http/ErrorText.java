package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.secret.StoredText;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The message of an error response, fit for a sentence: one line of at most 200 characters,
/// without secrets.
final class ErrorText {

  private static final int MAX_CHARACTERS = 200;

  private ErrorText() {}

  /// The text of an error body: its `message` and the first of its `errors`, or the `error` of
  /// OAuth; a placeholder in parentheses if it has none of these.
  ///
  /// @param secrets that the request contained: a source may repeat them
  static String of(byte[] body, Collection<String> secrets) {
    String text = message(new String(body, StandardCharsets.UTF_8).strip());
    for (String secret : secrets) {
      text = text.replace(secret, "***");
    }
    return line(text);
  }

  /// A text as one line, truncated if it is long.
  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s\\u0085\\u2028\\u2029]+", " ").strip();
    if (line.length() <= MAX_CHARACTERS) {
      return line;
    }
    int end = MAX_CHARACTERS - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /// Whether a body is a web page, e.g. a proxy's, in place of what was asked for.
  static boolean isHtml(byte[] body) {
    return isHtml(StoredText.of(new String(body, StandardCharsets.UTF_8)));
  }

  private static boolean isHtml(String body) {
    return body.startsWith("<") && body.toLowerCase(Locale.ROOT).contains("<html");
  }

  private static String message(String body) {
    if (body.isEmpty()) {
      return "(no body)";
    }
    if (body.startsWith("<")) {
      return isHtml(body) ? "(an HTML page)" : "(not JSON)";
    }
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      JsonNode errors = json.path("errors");
      String text =
          Stream.of(
                  json.path("message"),
                  errors.isArray() ? errors.path(0) : errors,
                  json.path("error"),
                  json.path("error_description"))
              .map(part -> part.isContainerNode() ? part.toString() : part.asText())
              .filter(part -> !part.isBlank() && !part.equals("null"))
              .collect(Collectors.joining(" "));
      return text.isEmpty() ? "(no message)" : text;
    } catch (IOException notJson) {
      return "(not JSON)";
    }
  }
}
