package dev.paceline.cli.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A value that is never printed: not by `toString`, not in a report, not in a message.
public final class Secret {

  private static final Logger LOG = LoggerFactory.getLogger(Secret.class);

  private static final String FILE = "file:";
  private static final String SSM = "ssm:";
  private static final String SECRETS_MANAGER = "secretsmanager:";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// An empty secret protects nothing, and a redactor would find it in every text.
  private static Secret of(String doing, String name, String value) {
    if (value.isBlank()) {
      throw new Failure(
          Exit.CONFIGURATION, doing, "it is empty", "put the secret there, or correct " + name);
    }
    return new Secret(value);
  }

  /// Reads a secret from where its setting says it is.
  ///
  /// @param name the variable it came from, for messages
  /// @param setting the secret itself, or a reference to where it is stored: `file:PATH`,
  ///   `ssm:/path`, `secretsmanager:name` or `secretsmanager:name#member`, where the stored secret
  ///   is a JSON object with that member
  public static Secret resolve(String name, String setting) {
    if (setting.startsWith(FILE)) {
      return fromFile(name, setting.substring(FILE.length()));
    }
    if (setting.startsWith(SSM)) {
      try (Vault ssm = Vault.ssm(Exit.CONFIGURATION)) {
        return new Secret(fromVault(name, ssm, setting.substring(SSM.length())));
      }
    }
    if (setting.startsWith(SECRETS_MANAGER)) {
      String[] parts = setting.substring(SECRETS_MANAGER.length()).split("#", 2);
      try (Vault secrets = Vault.secretsManager(Exit.CONFIGURATION)) {
        String text = fromVault(name, secrets, parts[0]);
        return new Secret(
            parts.length == 1 ? text : member(name, secrets.address(parts[0]), text, parts[1]));
      }
    }
    return of("Reading the secret " + name, name, setting);
  }

  private static Secret fromFile(String name, String path) {
    String doing = "Reading the secret %s from the file %s".formatted(name, Quoted.of(path));
    try {
      Path file = Path.of(path);
      String text = StoredText.of(Files.readAllBytes(file));
      if (isReadableByOthers(file)) {
        LOG.warn(
            "Everyone on this machine can read the secret {} in {}: run chmod 600 on it.",
            name,
            file);
      }
      return of(doing, name, text);
    } catch (CharacterCodingException notText) {
      throw new Failure(Exit.CONFIGURATION, doing, "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException | InvalidPathException e) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "the file cannot be read",
          "create it, readable by this user alone",
          e);
    }
  }

  /// Reading by the file's group is fine: orchestrators mount secrets for another user that way.
  private static boolean isReadableByOthers(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private static String fromVault(String name, Vault vault, String key) {
    return vault
        .read(key)
        .map(StoredText::of)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() ->
            new Failure(
                Exit.CONFIGURATION,
                "Reading the secret %s from %s".formatted(name, vault.address(key)),
                "there is no secret, or it is empty",
                "put it there, or correct %s or the region".formatted(name)));
  }

  private static String member(String name, String address, String text, String member) {
    String doing = "Reading the secret %s from %s#%s".formatted(name, address, member);
    try {
      JsonNode found = new ObjectMapper().readTree(text).path(member);
      if (found.isValueNode() && !found.asText().isBlank() && !found.isNull()) {
        return found.asText();
      }
    } catch (JsonProcessingException malformed) {
      // Neither cause nor message: they may quote the secret.
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "the secret is not a JSON object",
          "name it without #%s, or store {\"%s\":\"…\"} there".formatted(member, member));
    }
    throw new Failure(
        Exit.CONFIGURATION, doing, "the secret has no such member", "correct the name after the #");
  }

  /// The secret itself, for the code that signs in with it.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
