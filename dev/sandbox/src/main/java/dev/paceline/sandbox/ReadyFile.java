package dev.paceline.sandbox;

import dev.paceline.sandbox.world.AtomicFile;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Path;

/// Tells the process that started the sandbox its URL and process id. Written atomically, and only
/// once the server accepts calls.
final class ReadyFile {
  private ReadyFile() {}

  static void write(Path path, String url) {
    try {
      AtomicFile.replace(
          path,
          Json.bytes(Json.object().put("url", url).put("pid", ProcessHandle.current().pid())));
    } catch (IOException e) {
      throw SandboxException.configuration(
          "The ready file %s cannot be written (%s); choose a path in a writable folder."
              .formatted(path, e.getMessage()));
    }
  }
}
