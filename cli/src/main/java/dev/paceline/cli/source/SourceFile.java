package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.source.ParseResult.Invalid;
import dev.paceline.cli.source.ParseResult.Valid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads a YAML file of `sources/` into a record, in three steps: the file is YAML, its schema
/// allows it, the record accepts it. The first step that fails reports everything it has found.
public final class SourceFile {

  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private SourceFile() {}

  /// Reads a file.
  ///
  /// @param file its content
  /// @param schema absent if only the record says what the file may contain
  /// @param rules checks that the record cannot make itself, e.g. against the name of its folder
  public static <T> ParseResult<T> read(
      byte[] file, Class<T> type, Optional<Schema> schema, Function<T, List<Finding>> rules) {
    return switch (Yaml.read(file)) {
      case Invalid<YamlTree>(List<Diagnostic> diagnostics) -> new Invalid<>(diagnostics);
      case Valid<YamlTree>(YamlTree tree) -> {
        List<Finding> findings =
            schema
                .map(s -> s.check(tree.root()))
                .orElseGet(() -> empty(tree.root(), JsonPointer.empty()));
        yield findings.isEmpty() ? record(tree, type, rules) : invalid(tree, findings);
      }
    };
  }

  /// What no file may contain, with a schema or without: nothing at all, or an empty element.
  private static List<Finding> empty(JsonNode value, JsonPointer where) {
    if (value.isNull() && where.matches()) {
      return List.of(new Finding(where, "the file is empty"));
    }
    List<Finding> found = new ArrayList<>();
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      if (value.get(i).isNull()) {
        found.add(
            new Finding(where.appendIndex(i), "this element is empty: complete or remove it"));
      }
      found.addAll(empty(value.get(i), where.appendIndex(i)));
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      found.addAll(empty(member.getValue(), where.appendProperty(member.getKey())));
    }
    return found;
  }

  private static <T> ParseResult<T> record(
      YamlTree tree, Class<T> type, Function<T, List<Finding>> rules) {
    try {
      T value = RECORDS.treeToValue(tree.root(), type);
      List<Finding> findings = rules.apply(value);
      return findings.isEmpty() ? new Valid<>(value) : invalid(tree, findings);
    } catch (JsonMappingException e) {
      return invalid(tree, findings(e));
    } catch (JacksonException e) {
      return invalid(tree, List.of(Finding.at("", FirstLine.of(e.getOriginalMessage()))));
    }
  }

  private static <T> ParseResult<T> invalid(YamlTree tree, List<Finding> findings) {
    return new Invalid<>(findings.stream().map(tree::locate).sorted(Diagnostic.BY_PLACE).toList());
  }

  private static List<Finding> findings(JsonMappingException e) {
    JsonPointer where = where(e);
    return switch (e.getCause()) {
      case ValidationException invalid ->
          invalid.findings().stream()
              .map(each -> new Finding(where.append(each.where()), each.what()))
              .toList();
      case IllegalArgumentException illegal ->
          List.of(new Finding(where, String.valueOf(illegal.getMessage())));
      case null, default -> List.of(new Finding(where, what(e)));
    };
  }

  private static String what(JsonMappingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "there is no such member" + Nearest.hint(unknown.getPropertyName(), known(unknown));
      default -> FirstLine.of(e.getOriginalMessage());
    };
  }

  private static List<String> known(UnrecognizedPropertyException unknown) {
    Collection<Object> ids = Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of());
    return ids.stream().map(String::valueOf).toList();
  }

  private static JsonPointer where(JsonMappingException e) {
    JsonPointer where = JsonPointer.empty();
    for (JsonMappingException.Reference step : e.getPath()) {
      where =
          step.getFieldName() == null
              ? where.appendIndex(step.getIndex())
              : where.appendProperty(step.getFieldName());
    }
    return where;
  }
}
