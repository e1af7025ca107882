package dev.paceline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Settings that are not flags: environment variables (`PACELINE_…`), then `paceline.yaml`.
///
/// A setting of a source, e.g. `api_url` of `strava`, is the variable `PACELINE_STRAVA_API_URL` or
/// the member `api_url` of the file's `strava`.
public final class Settings {

  /// The variable that names a file other than `paceline.yaml` in the working folder.
  static final String CONFIG = "PACELINE_CONFIG";

  private final Map<String, String> variables;
  private final Path file;
  private final JsonNode yaml;

  private Settings(Map<String, String> variables, Path file, JsonNode yaml) {
    this.variables = variables;
    this.file = file;
    this.yaml = yaml;
  }

  public static Settings read(Environment environment) {
    String named = environment.variables().get(CONFIG);
    Path file = environment.folder().resolve(named == null ? "paceline.yaml" : named);
    if (named == null && !Files.exists(file)) {
      return new Settings(environment.variables(), file, JsonNodeFactory.instance.objectNode());
    }
    return new Settings(environment.variables(), file, parse(file));
  }

  private static JsonNode parse(Path file) {
    String doing = "Reading the settings " + file;
    try {
      JsonNode yaml = new YAMLMapper().readTree(Files.readAllBytes(file));
      if (yaml == null || yaml.isMissingNode() || yaml.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      if (!yaml.isObject()) {
        throw new Failure(
            Exit.CONFIGURATION,
            doing,
            "it is not a YAML mapping",
            "write lines like lake: file:///dir");
      }
      return yaml;
    } catch (JsonProcessingException malformed) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "line %d is not valid YAML"
              .formatted(malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr()),
          "correct the line",
          malformed);
    } catch (IOException e) {
      throw new Failure(Exit.CONFIGURATION, doing, "it cannot be read", "correct " + CONFIG, e);
    }
  }

  /// A setting that belongs to no source; empty if neither the environment nor the file has it.
  ///
  /// @param name in snake_case, e.g. `lake`
  public Optional<String> find(String name) {
    return variable(name).or(() -> scalar(name, yaml.path(name)));
  }

  /// A setting of one source.
  public Optional<String> find(String source, String name) {
    return variable(source + "_" + name)
        .or(() -> scalar(source + "." + name, yaml.path(source).path(name)));
  }

  /// A list setting of one source: comma-separated in a variable, a YAML list in the file.
  public List<String> list(String source, String name) {
    Optional<String> variable = variable(source + "_" + name);
    if (variable.isPresent()) {
      return List.of(variable.get().strip().split("\\s*,\\s*"));
    }
    JsonNode node = yaml.path(source).path(name);
    if (!node.isArray()) {
      return scalar(source + "." + name, node).map(List::of).orElse(List.of());
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : node) {
      items.add(scalar(source + "." + name, item).orElse(""));
    }
    return List.copyOf(items);
  }

  /// The variable of a setting, for messages: `strava_client_id` is `PACELINE_STRAVA_CLIENT_ID`.
  public static String variableOf(String name) {
    return "PACELINE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(variableOf(name))).filter(value -> !value.isBlank());
  }

  private Optional<String> scalar(String name, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isValueNode()) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading %s of %s".formatted(name, file),
          "it is not a single value",
          "write one value there");
    }
    return Optional.of(node.asText()).filter(value -> !value.isBlank());
  }
}
