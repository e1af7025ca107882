package dev.paceline.sandbox;

import dev.paceline.sandbox.http.SandboxServer;
import dev.paceline.sandbox.world.AtomicFile;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Path;

/// Tells the process that started the sandbox its URL, process id and the key of its control API.
/// Only the owner can read it. Written atomically, and only once the server accepts calls.
final class ReadyFile {
  private ReadyFile() {}

  static void write(Path path, SandboxServer server) {
    try {
      AtomicFile.replace(
          path,
          Json.bytes(
              Json.object()
                  .put("url", server.url())
                  .put("pid", ProcessHandle.current().pid())
                  .put("control_key", server.controlKey())));
    } catch (IOException e) {
      throw SandboxException.configuration(
          "The ready file %s cannot be written (%s); choose a path in a writable folder."
              .formatted(path, e.getMessage()));
    }
  }
}
