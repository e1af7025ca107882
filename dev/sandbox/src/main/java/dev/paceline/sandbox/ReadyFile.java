package dev.paceline.sandbox;

import dev.paceline.sandbox.world.AtomicFile;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Path;

/// Says where the sandbox listens, to whoever started it: written at once, and only when it
/// answers.
final class ReadyFile {
  private ReadyFile() {}

  static void write(Path path, String url) {
    try {
      AtomicFile.replace(
          path,
          Json.bytes(Json.object().put("url", url).put("pid", ProcessHandle.current().pid())));
    } catch (IOException e) {
      throw SandboxException.configuration(
          "The ready file %s cannot be written (%s); name one in a folder that can be written to."
              .formatted(path, e.getMessage()));
    }
  }
}
