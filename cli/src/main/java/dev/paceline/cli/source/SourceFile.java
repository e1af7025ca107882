package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.source.ParseResult.Invalid;
import dev.paceline.cli.source.ParseResult.Valid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A YAML file of `sources/` as a record. Three walls, each told whole: it is YAML, its schema
/// allows it, the record accepts it.
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
  /// @param file its bytes
  /// @param schema absent where nothing but the record says what may stand there
  /// @param rules what the record cannot know, e.g. how its folder is called
  public static <T> ParseResult<T> read(
      byte[] file, Class<T> type, Optional<Schema> schema, Function<T, List<Finding>> rules) {
    return switch (Yaml.read(file)) {
      case Invalid<YamlTree>(List<Diagnostic> mistakes) -> new Invalid<>(mistakes);
      case Valid<YamlTree>(YamlTree tree) -> {
        List<Finding> found = schema.map(s -> s.check(tree.root())).orElse(List.of());
        yield found.isEmpty() ? record(tree, type, rules) : unsound(tree, found);
      }
    };
  }

  private static <T> ParseResult<T> record(
      YamlTree tree, Class<T> type, Function<T, List<Finding>> rules) {
    try {
      T value = RECORDS.treeToValue(tree.root(), type);
      List<Finding> found = rules.apply(value);
      return found.isEmpty() ? new Valid<>(value) : unsound(tree, found);
    } catch (JsonMappingException refused) {
      return unsound(tree, findings(refused));
    } catch (JacksonException malformed) {
      return unsound(tree, List.of(Finding.at("", FirstLine.of(malformed.getOriginalMessage()))));
    }
  }

  private static <T> ParseResult<T> unsound(YamlTree tree, List<Finding> findings) {
    return new Invalid<>(findings.stream().map(tree::locate).sorted(Diagnostic.BY_PLACE).toList());
  }

  private static List<Finding> findings(JsonMappingException refused) {
    JsonPointer where = where(refused);
    return switch (refused.getCause()) {
      case ValidationException several ->
          several.findings().stream()
              .map(each -> new Finding(where.append(each.where()), each.what()))
              .toList();
      case IllegalArgumentException one ->
          List.of(new Finding(where, String.valueOf(one.getMessage())));
      case null, default -> List.of(new Finding(where, what(refused)));
    };
  }

  private static String what(JsonMappingException refused) {
    return switch (refused) {
      case UnrecognizedPropertyException unknown ->
          "there is no such member" + Nearest.hint(unknown.getPropertyName(), known(unknown));
      default -> FirstLine.of(refused.getOriginalMessage());
    };
  }

  private static List<String> known(UnrecognizedPropertyException unknown) {
    Collection<Object> ids = Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of());
    return ids.stream().map(String::valueOf).toList();
  }

  private static JsonPointer where(JsonMappingException refused) {
    JsonPointer where = JsonPointer.empty();
    for (JsonMappingException.Reference step : refused.getPath()) {
      where =
          step.getFieldName() == null
              ? where.appendIndex(step.getIndex())
              : where.appendProperty(step.getFieldName());
    }
    return where;
  }
}
