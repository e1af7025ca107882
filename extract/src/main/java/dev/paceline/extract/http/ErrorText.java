package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an error says of itself, fit for a sentence: one line of at most 200 characters, without
/// anything secret.
final class ErrorText {

  private static final int MOST_CHARACTERS = 200;

  private ErrorText() {}

  /// The text of an error's body: its `message` and the first of its `errors`, or the `error` of
  /// OAuth; for a person where it has none of them.
  ///
  /// @param secrets what the request carried: a source may repeat it
  static String of(byte[] body, Collection<String> secrets) {
    String text = said(new String(body, StandardCharsets.UTF_8).strip());
    for (String secret : secrets) {
      text = text.replace(secret, "***");
    }
    return line(text);
  }

  /// A text on one line, cut where it is long.
  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s\\u0085\\u2028\\u2029]+", " ").strip();
    if (line.length() <= MOST_CHARACTERS) {
      return line;
    }
    int end = MOST_CHARACTERS - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String said(String body) {
    if (body.isEmpty()) {
      return "(no body)";
    }
    if (body.startsWith("<")) {
      return body.toLowerCase(Locale.ROOT).contains("<html") ? "(an HTML page)" : "(no JSON)";
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
    } catch (IOException noJson) {
      return "(no JSON)";
    }
  }
}
