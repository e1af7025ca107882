package dev.paceline.sandbox;

import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file with the application's secret. A file, because any user can read a command line.
final class ClientSecretFile {
  private ClientSecretFile() {}

  static String read(Path path) {
    try {
      String secret = Files.readString(path).strip();
      if (secret.isEmpty()) {
        throw unusable(path, "it is empty");
      }
      return secret;
    } catch (IOException e) {
      throw unusable(path, String.valueOf(e.getMessage()));
    }
  }

  private static SandboxException unusable(Path path, String why) {
    return SandboxException.configuration(
        "The client secret cannot be read from %s (%s); name a file with one line."
            .formatted(path, why));
  }
}
