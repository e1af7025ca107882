package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Says in a person's words what a schema's validator found.
final class SchemaSentences {

  private static final Map<String, String> TYPES =
      Map.of(
          "string", "a text",
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "array", "a list",
          "object", "a group of members",
          "null", "empty");

  private static final int MOST_QUOTED = 60;

  private final JsonNode schema;

  SchemaSentences(JsonNode schema) {
    this.schema = schema;
  }

  Finding of(Error error) {
    JsonPointer where = JsonPointer.compile(error.getInstanceLocation().toString());
    JsonPointer keyword =
        JsonPointer.compile(error.getSchemaLocation().toString().replaceFirst("^[^#]*#", ""));
    if (error.getKeyword().equals("additionalProperties")) {
      String name = error.getProperty();
      return new Finding(
          where.appendProperty(name),
          unknown(name, names(keyword.head().appendProperty("properties"))));
    }
    String told = told(keyword);
    return new Finding(where, told.isEmpty() ? sentence(error, keyword) : quoted(error) + told);
  }

  /// What the schema itself says of a mistake, in the innermost `errorMessage` around the keyword.
  private String told(JsonPointer keyword) {
    String told = "";
    JsonNode around = schema;
    for (JsonPointer rest = keyword; !rest.matches(); rest = rest.tail()) {
      told = around.path("errorMessage").asText(told);
      around = around.at(JsonPointer.compile("/" + rest.getMatchingProperty()));
    }
    return told;
  }

  private static String unknown(String name, List<String> known) {
    String hint = Nearest.hint(name, known);
    return "there is no such member"
        + (hint.isEmpty() ? ", only " + String.join(", ", known) : hint);
  }

  private String sentence(Error error, JsonPointer keyword) {
    JsonNode rule = schema.at(keyword);
    return switch (error.getKeyword()) {
      case "required" ->
          error.getProperty() + " is missing" + described(error.getProperty(), keyword);
      case "dependentRequired" ->
          "%s is missing, though %s is there"
              .formatted(error.getArguments()[0], error.getProperty());
      case "type" ->
          "must be %s, and is %s"
              .formatted(word(rule.asText()), word(String.valueOf(error.getArguments()[0])));
      case "enum" -> oneOf(error, rule);
      case "minimum" -> "must be at least %s, and is %s".formatted(rule, error.getInstanceNode());
      case "maximum" -> "must be at most %s, and is %s".formatted(rule, error.getInstanceNode());
      case "minItems" -> "must not be empty";
      case "uniqueItems" -> "holds something twice";
      default -> String.valueOf(error.getMessage());
    };
  }

  /// The text that does not fit; of anything else its place says enough.
  private static String quoted(Error error) {
    String text = error.getInstanceNode().asText();
    return error.getInstanceNode().isTextual() && text.length() <= MOST_QUOTED
        ? "\"%s\" ".formatted(text)
        : "";
  }

  private static String word(String type) {
    return TYPES.getOrDefault(type, type);
  }

  private static String oneOf(Error error, JsonNode allowed) {
    List<String> words = new ArrayList<>();
    allowed.forEach(word -> words.add(word.asText()));
    String typed = error.getInstanceNode().asText();
    return "\"%s\" is none of %s%s"
        .formatted(typed, String.join(", ", words), Nearest.hint(typed, words));
  }

  /// What a missing member is for, as the nearest schema around the keyword says it.
  private String described(String name, JsonPointer required) {
    JsonPointer around = required;
    String description = "";
    while (description.isEmpty() && !around.matches()) {
      around = around.head();
      JsonPointer member = around.appendProperty("properties").appendProperty(name);
      description = schema.at(member).path("description").asText("");
    }
    return description.isEmpty() ? "" : ": " + firstSentence(description);
  }

  private static String firstSentence(String text) {
    return text.replaceFirst("\\.(\\s.*)?$", "");
  }

  private List<String> names(JsonPointer properties) {
    return schema
        .at(properties)
        .propertyStream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}
