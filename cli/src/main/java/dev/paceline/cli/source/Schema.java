package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.i18n.DefaultMessageSource;
import com.networknt.schema.i18n.ResourceBundleMessageSource;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A JSON Schema (2020-12) that `sources/` publishes for its files of one name. The messages are in
/// `schema-messages.properties`; this class adds what the validator does not pass to a message.
public final class Schema {

  private static final String MESSAGES = "dev/paceline/cli/source/schema-messages";
  private static final String ERROR_MESSAGE = "errorMessage";
  private static final int MAX_QUOTED = 60;

  private final JsonNode json;

  private Schema(JsonNode json) {
    this.json = json;
  }

  /// The schema of a file: for `api.yaml` it is `api.schema.json`. Empty if there is none.
  public static Optional<Schema> of(String file) {
    String name = "/sources/%s.schema.json".formatted(file.replaceFirst("\\.yaml$", ""));
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Schema(new ObjectMapper().readTree(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("The schema %s is damaged.".formatted(name), e);
    }
  }

  public JsonNode json() {
    return json;
  }

  /// Everything in a document that the schema does not allow.
  List<Finding> check(JsonNode document) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .messageSource(
                new ResourceBundleMessageSource(MESSAGES, DefaultMessageSource.BUNDLE_BASE_NAME))
            .errorMessageKeyword(ERROR_MESSAGE)
            .build();
    return SchemaRegistry.withDialect(
            Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(config))
        .getSchema(json)
        .validate(document)
        .stream()
        .map(this::finding)
        .distinct()
        .toList();
  }

  private Finding finding(Error error) {
    JsonPointer where = JsonPointer.compile(error.getInstanceLocation().toString());
    return error.getKeyword().equals("additionalProperties")
        ? new Finding(where.appendProperty(error.getProperty()), unknown(error))
        : new Finding(where, custom(error).orElseGet(() -> message(error)));
  }

  private String unknown(Error error) {
    List<String> known =
        enclosing(error)
            .limit(1)
            .flatMap(schema -> schema.path("properties").propertyStream())
            .map(Map.Entry::getKey)
            .toList();
    String hint = Nearest.hint(error.getProperty(), known);
    return "there is no such member"
        + (hint.isEmpty() ? ", only " + String.join(", ", known) : hint);
  }

  /// The innermost `errorMessage` around the keyword: one string for all keywords, as editors show
  /// it. The validator itself reads only an object with a message for each keyword.
  private Optional<String> custom(Error error) {
    return enclosing(error)
        .map(schema -> schema.path(ERROR_MESSAGE))
        .filter(JsonNode::isTextual)
        .map(text -> quoted(error.getInstanceNode()) + text.asText())
        .findFirst();
  }

  private static String quoted(JsonNode value) {
    return value.isTextual() && value.asText().length() <= MAX_QUOTED
        ? "\"%s\" ".formatted(value.asText())
        : "";
  }

  private String message(Error error) {
    return error.getMessage()
        + switch (error.getKeyword()) {
          case "required" -> description(error);
          case "enum" -> actual(error) + hint(error);
          case "minimum", "maximum" -> actual(error);
          default -> "";
        };
  }

  private static String actual(Error error) {
    JsonNode value = error.getInstanceNode();
    return value.isValueNode() ? ", but is " + value : "";
  }

  private static String hint(Error notAllowed) {
    List<String> allowed = notAllowed.getSchemaNode().valueStream().map(JsonNode::asText).toList();
    return Nearest.hint(notAllowed.getInstanceNode().asText(), allowed);
  }

  /// What a missing member is for: the first sentence of its nearest description.
  private String description(Error required) {
    return enclosing(required)
        .map(schema -> schema.path("properties").path(required.getProperty()).path("description"))
        .filter(JsonNode::isTextual)
        .map(text -> ": " + text.asText().replaceFirst("\\.(\\s.*)?$", ""))
        .findFirst()
        .orElse("");
  }

  /// The parts of the schema around the keyword of an error, innermost first.
  private Stream<JsonNode> enclosing(Error error) {
    NodePath keyword = error.getSchemaLocation().getFragment();
    return Stream.iterate(keyword.getParent(), path -> path != null, NodePath::getParent)
        .map(path -> json.at(path.toString()));
  }
}
