package dev.paceline.lake.cli;

import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A value that is never printed: not by `toString`, not in a report, not in a message.
public final class Secret {

  private static final String FILE = "file:";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// Reads a secret from where its setting says it is.
  ///
  /// @param name the variable it came from, for messages
  /// @param setting the secret itself, or `file:PATH` of a file that holds it
  public static Secret resolve(String name, String setting) {
    if (setting.startsWith("ssm:") || setting.startsWith("secretsmanager:")) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading the secret " + name,
          "this version does not read references to SSM or Secrets Manager",
          "give the value itself, or file:PATH");
    }
    if (!setting.startsWith(FILE)) {
      return new Secret(setting);
    }
    Path path = Path.of(setting.substring(FILE.length()));
    try {
      return new Secret(Files.readString(path).strip());
    } catch (IOException unreadable) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading the secret %s from %s".formatted(name, path),
          "the file cannot be read",
          "create it, readable by this user alone",
          unreadable);
    }
  }

  /// The secret itself, for whoever signs in with it.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
