package dev.paceline.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import dev.paceline.cli.secret.StoredText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
    Path file = file(environment.folder(), named == null ? "paceline.yaml" : named);
    if (named == null && !Files.exists(file)) {
      return new Settings(environment.variables(), file, JsonNodeFactory.instance.objectNode());
    }
    String shown = named != null && Quoted.mayBeSecret(named) ? Quoted.of(named) : file.toString();
    return new Settings(
        environment.variables(), file, parse(file, "Reading the settings " + shown));
  }

  private static Path file(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException malformed) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Looking for the settings file",
          CONFIG + " is not the path of a file",
          "correct it, or unset it");
    }
  }

  private static JsonNode parse(Path file, String doing) {
    try {
      JsonNode yaml = new YAMLMapper().readTree(StoredText.of(Files.readAllBytes(file)));
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
      // Neither its message nor the cause: they quote the line, which may hold a secret.
      JsonLocation where = malformed.getLocation();
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          where == null
              ? "it is not valid YAML"
              : "line %d is not valid YAML".formatted(where.getLineNr()),
          "correct the file");
    } catch (CharacterCodingException notText) {
      throw new Failure(Exit.CONFIGURATION, doing, "it is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw new Failure(Exit.CONFIGURATION, doing, "it cannot be read", "correct " + CONFIG, e);
    }
  }

  /// A setting that belongs to no source; empty if neither the environment nor the file has it.
  ///
  /// @param name in snake_case, e.g. `lake`
  public Optional<String> find(String name) {
    return given(name).map(Given::value);
  }

  /// A setting of one source.
  public Optional<String> find(String source, String name) {
    return given(source, name).map(Given::value);
  }

  /// A setting that belongs to no source, and where it was given.
  public Optional<Given> given(String name) {
    return variable(name).or(() -> member(name, yaml.path(name)));
  }

  /// A setting of one source, and where it was given.
  public Optional<Given> given(String source, String name) {
    return variable(source + "_" + name)
        .or(() -> member(source + "." + name, section(source).path(name)));
  }

  /// A list setting of one source: comma-separated in a variable, a YAML list in the file.
  public List<String> list(String source, String name) {
    Optional<Given> variable = variable(source + "_" + name);
    if (variable.isPresent()) {
      return List.of(variable.get().value().strip().split("\\s*,\\s*"));
    }
    JsonNode node = section(source).path(name);
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

  private Optional<Given> variable(String name) {
    return Optional.ofNullable(variables.get(variableOf(name)))
        .filter(value -> !value.isBlank())
        .map(value -> new Given(variableOf(name), value, Exit.CONFIGURATION));
  }

  /// The settings of a source; a missing node if there are none.
  private JsonNode section(String source) {
    JsonNode section = yaml.path(source);
    if (section.isObject() || section.isMissingNode() || section.isNull()) {
      return section;
    }
    throw new Failure(
        Exit.CONFIGURATION,
        "Reading %s of %s".formatted(source, file),
        "it is not a mapping",
        "write %s: {accounts: [me]}".formatted(source));
  }

  private Optional<Given> member(String name, JsonNode node) {
    return scalar(name, node)
        .map(value -> new Given("%s in %s".formatted(name, file), value, Exit.CONFIGURATION));
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
