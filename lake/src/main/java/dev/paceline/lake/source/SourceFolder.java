package dev.paceline.lake.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One folder of `sources/`: the `api.yaml`, `tables/*.yaml` and `checks.yaml` of a source, from
/// the image's class path or from a folder of the user's own.
public final class SourceFolder {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final String source;
  private final Path folder;

  private SourceFolder(String source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /// Opens the folder of a source.
  ///
  /// @param own a folder with a folder for each source, looked in first
  public static SourceFolder open(String source, Optional<Path> own) {
    if (!source.matches("[a-z][a-z0-9_]{0,40}")) {
      throw unknown(source, own);
    }
    Optional<Path> theirs = own.map(sources -> sources.resolve(source)).filter(Files::isDirectory);
    Path folder = theirs.or(() -> bundled(source)).orElseThrow(() -> unknown(source, own));
    return new SourceFolder(source, folder);
  }

  private static Failure unknown(String source, Optional<Path> own) {
    return new Failure(
        Exit.USAGE,
        "Opening the source \"%s\"".formatted(source),
        own.map("there is no folder of that name in %s or in this image"::formatted)
            .orElse("this image has no such source"),
        "name one that it has, e.g. strava, or give your own with --sources DIR");
  }

  private static Optional<Path> bundled(String source) {
    URL url = SourceFolder.class.getResource("/sources/" + source + "/");
    if (url == null) {
      return Optional.empty();
    }
    try {
      URI uri = url.toURI();
      if ("jar".equals(uri.getScheme())) {
        String inside = uri.getSchemeSpecificPart();
        return Optional.of(jar(uri).getPath(inside.substring(inside.indexOf('!') + 1)));
      }
      return Optional.of(Path.of(uri));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("The class path has no URI: " + url, impossible);
    }
  }

  /// The jar stays open: a process opens a handful of sources at most.
  private static synchronized FileSystem jar(URI uri) {
    try {
      return FileSystems.getFileSystem(uri);
    } catch (FileSystemNotFoundException notYet) {
      try {
        return FileSystems.newFileSystem(uri, Map.of());
      } catch (IOException broken) {
        throw new UncheckedIOException("The jar of the sources is damaged: " + uri, broken);
      }
    }
  }

  public String source() {
    return source;
  }

  /// The text of a file, e.g. `api.yaml`.
  public String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (NoSuchFileException absent) {
      throw unusable(name, "there is no such file", absent);
    } catch (IOException broken) {
      throw unusable(name, "it cannot be read", broken);
    }
  }

  /// A YAML file as a record: every member known, none that is required missing.
  public <T> T read(String name, Class<T> type) {
    try {
      return YAML.readValue(read(name), type);
    } catch (ValueInstantiationException refused) {
      throw unusable(name, where(refused) + ": " + reason(refused), refused);
    } catch (JacksonException malformed) {
      throw unusable(
          name, where(malformed) + ": " + firstLine(malformed.getOriginalMessage()), malformed);
    }
  }

  private static String reason(ValueInstantiationException refused) {
    Throwable cause = refused.getCause();
    return String.valueOf(cause == null ? refused.getOriginalMessage() : cause.getMessage());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static String where(JacksonException malformed) {
    JsonLocation location = malformed.getLocation();
    return location == null ? "somewhere" : "line " + location.getLineNr();
  }

  /// The names of the files in a folder of it, in order; none where there is no such folder.
  public List<String> list(String name) {
    Path below = folder.resolve(name);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(below)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException broken) {
      throw unusable(name, "it cannot be listed", broken);
    }
  }

  /// A mistake in one of the source's files.
  public Failure unusable(String name, String what, Throwable cause) {
    return new Failure(
        Exit.CONFIGURATION,
        "Reading %s of the source %s".formatted(name, source),
        what,
        "correct the file",
        cause);
  }
}
