package dev.paceline.lake.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lists a folder while others write to it: what disappears in between is not listed.
final class FileListing {

  private FileListing() {}

  /// The files below a folder, at any depth; none if there is no such folder.
  static List<Path> filesBelow(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Collector files = new Collector();
    Files.walkFileTree(folder, files);
    return files.found;
  }

  /// The names of the folders in a folder, in order; none if there is no such folder.
  static List<String> foldersIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unlistable) {
      if (isNoFolder(folder, unlistable)) {
        return List.of();
      }
      throw unlistable;
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private static boolean isNoFolder(Path folder, IOException thrown) {
    return thrown instanceof NoSuchFileException
        || thrown instanceof NotDirectoryException
        || !Files.isDirectory(folder);
  }

  /// Collects files, passing over what has disappeared since its folder was read.
  static final class Collector extends SimpleFileVisitor<Path> {

    private final List<Path> found = new ArrayList<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (Files.isRegularFile(file)) { // also behind a symbolic link
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException thrown) throws IOException {
      if (thrown instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw thrown;
    }
  }
}
