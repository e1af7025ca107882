package dev.paceline.cli.source;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of one source: its `api.yaml`, `tables/*.yaml` and `checks.yaml`, from the image's
/// class path or from the user's own folder of sources.
public final class SourceFolder {

  private static final String REMEDY = "correct the file";

  private final String source;
  private final Path folder;

  private SourceFolder(String source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /// Opens the folder of a source.
  ///
  /// @param own the user's own folder, with a folder for each source; searched first
  public static SourceFolder open(String source, Optional<Path> own) {
    own.ifPresent(SourceFolder::ensureFolder);
    if (!SourceName.isValid(source)) {
      throw unknown(source, own);
    }
    SourceName.refusal(source).ifPresent(reason -> refuseName(source, reason));
    Optional<Path> usersOwn =
        own.map(sources -> sources.resolve(source)).filter(Files::isDirectory);
    Path folder = usersOwn.or(() -> bundled(source)).orElseThrow(() -> unknown(source, own));
    return new SourceFolder(source, folder);
  }

  /// The names of all sources that have such a file, both the user's own and this image's.
  ///
  /// @param file e.g. `api.yaml`
  public static List<String> names(String file, Optional<Path> own) {
    own.ifPresent(SourceFolder::ensureFolder);
    Set<String> names = new TreeSet<>();
    for (Path sources : Stream.concat(own.stream(), bundled("").stream()).toList()) {
      try (Stream<Path> folders = Files.list(sources)) {
        folders
            .filter(folder -> Files.isRegularFile(folder.resolve(file)))
            // In a jar, the name of a folder ends in a slash.
            .map(folder -> folder.getFileName().toString().replace("/", ""))
            .filter(SourceName::isValid)
            .forEach(names::add);
      } catch (IOException e) {
        throw new Failure(
            Exit.CONFIGURATION,
            "Listing the sources in " + sources,
            "the folder cannot be read (%s)".formatted(e),
            "correct --sources",
            e);
      }
    }
    return List.copyOf(names);
  }

  private static void ensureFolder(Path own) {
    if (!Files.isDirectory(own)) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Looking for sources in " + own,
          Files.exists(own) ? "it is not a folder" : "there is no such folder",
          "correct --sources or PACELINE_SOURCES, or create the folder");
    }
  }

  private static void refuseName(String source, String reason) {
    throw new Failure(
        Exit.CONFIGURATION,
        "Opening the source \"%s\"".formatted(source),
        reason,
        "give the source another name");
  }

  private static Failure unknown(String source, Optional<Path> own) {
    return new Failure(
        Exit.USAGE,
        "Opening the source " + Quoted.of(source),
        own.map("there is no folder with that name in %s or in this image"::formatted)
            .orElse("this image has no such source"),
        "name a source that it has, e.g. strava, or give your own with --sources DIR");
  }

  private static Optional<Path> bundled(String source) {
    URL url = SourceFolder.class.getResource("/sources/" + (source.isEmpty() ? "" : source + "/"));
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
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path has an invalid URL: " + url, e);
    }
  }

  /// The jar is never closed: a process opens a handful of sources at most.
  private static synchronized FileSystem jar(URI uri) {
    try {
      return FileSystems.getFileSystem(uri);
    } catch (FileSystemNotFoundException notOpen) {
      try {
        return FileSystems.newFileSystem(uri, Map.of());
      } catch (IOException e) {
        throw new UncheckedIOException("The jar of the sources is damaged: " + uri, e);
      }
    }
  }

  public String source() {
    return source;
  }

  /// The path of one of its files.
  public Path path(String name) {
    return folder.resolve(name);
  }

  /// Reads a file as text, e.g. a query.
  public String read(String name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(name))).toString();
    } catch (CharacterCodingException e) {
      throw unusable(name, "it is not UTF-8", e);
    }
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (NoSuchFileException e) {
      throw unusable(name, "there is no such file", e);
    } catch (IOException e) {
      throw unusable(name, "it cannot be read", e);
    }
  }

  /// Reads a YAML file into a record. It must match its schema, have every required member and no
  /// unknown one.
  public <T> T read(String name, Class<T> type) {
    return read(name, type, value -> List.of());
  }

  /// Reads a YAML file into a record that must also pass the caller's own checks.
  public <T> T read(String name, Class<T> type, Function<T, List<Finding>> rules) {
    return switch (SourceFile.read(bytes(name), type, Schema.of(name), rules)) {
      case ParseResult.Valid<T>(T value) -> value;
      case ParseResult.Invalid<T>(List<Diagnostic> diagnostics) ->
          throw unusable(name, summary(diagnostics));
    };
  }

  private static String summary(List<Diagnostic> diagnostics) {
    return diagnostics.size() == 1
        ? diagnostics.getFirst().toString()
        : diagnostics.stream()
            .map(Diagnostic::toString)
            .collect(Collectors.joining("\n  ", diagnostics.size() + " mistakes:\n  ", ""));
  }

  /// The names of the files in one of its subfolders, in order; none if there is no such folder.
  public List<String> list(String name) {
    Path below = folder.resolve(name);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(below)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw unusable(name, "it cannot be listed", e);
    }
  }

  /// The failure for a mistake in one of the source's files.
  public Failure unusable(String name, String what, Throwable cause) {
    return new Failure(Exit.CONFIGURATION, doing(name), what, REMEDY, cause);
  }

  private Failure unusable(String name, String what) {
    return new Failure(Exit.CONFIGURATION, doing(name), what, REMEDY);
  }

  private String doing(String name) {
    return "Reading %s of the source %s".formatted(name, source);
  }
}
