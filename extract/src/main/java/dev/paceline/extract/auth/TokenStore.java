package dev.paceline.extract.auth;

import com.fasterxml.jackson.core.JacksonException;
import dev.paceline.lake.Json;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A folder with a file for each account, `<source>-<account>.json`, which this user alone may
/// read. A token is on the disk, whole, before [#write] returns.
public final class TokenStore {

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /// More than a token needs.
  private static final int PROBE_BYTES = 4096;

  private final Path folder;

  private TokenStore(Path folder) {
    this.folder = folder;
  }

  /// Opens the store that an address names.
  ///
  /// @param address `file:///dir`
  public static TokenStore open(String address) {
    if (!address.startsWith("file:///")) {
      throw new Failure(
          Exit.USAGE,
          "Opening the token store \"%s\"".formatted(address),
          "this version keeps tokens in files",
          "give file:///dir");
    }
    try {
      return new TokenStore(Path.of(new URI(address)));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      throw new Failure(
          Exit.USAGE,
          "Opening the token store \"%s\"".formatted(address),
          "this is no URI of a folder",
          "give file:///dir, with %20 for a blank",
          malformed);
    }
  }

  /// Reads an account's token.
  public Token read(String source, String account) {
    Path file = file(source, account);
    String doing = "Reading the token of the account %s from %s".formatted(account, file);
    try {
      if (isPosix() && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
        throw new Failure(
            Exit.REFUSED, doing, "others can read it", "chmod 600 " + file + ", if nobody has");
      }
      Token token = Json.MAPPER.readValue(Files.readAllBytes(file), Token.class);
      if (token == null || token.refreshToken() == null || token.refreshToken().isBlank()) {
        throw new Failure(
            Exit.REFUSED, doing, "it holds no refresh_token", "authorize the account");
      }
      return token;
    } catch (NoSuchFileException absent) {
      throw new Failure(
          Exit.REFUSED,
          doing,
          "there is no such file",
          "write {\"refresh_token\":\"…\"} there with mode 600, or correct --tokens",
          absent);
    } catch (JacksonException malformed) {
      // Its own message may quote the file: it goes nowhere.
      throw new Failure(
          Exit.REFUSED, doing, "it is no JSON object of a token", "authorize the account again");
    } catch (IOException unreadable) {
      throw new Failure(
          Exit.REFUSED, doing, "it cannot be read", "give this user the right to", unreadable);
    }
  }

  /// Throws where a new token could not be stored: asked before a refresh, which may kill the old.
  public void ensureWritable(String source, String account) {
    try {
      Path probe = temporary();
      Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.SYNC);
      Files.delete(probe);
    } catch (IOException unwritable) {
      throw new Failure(
          Exit.REFUSED,
          "Refreshing the token of the account %s of %s".formatted(account, source),
          "the new one could not be stored in %s (%s)".formatted(folder, unwritable),
          "make the folder writable, and room in it",
          unwritable);
    }
  }

  /// Replaces an account's token.
  public void write(String source, String account, Token token) {
    Path file = file(source, account);
    try {
      Path temporary = temporary();
      Files.write(temporary, Json.bytes(token), StandardOpenOption.SYNC);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException unwritable) {
      throw new Failure(
          Exit.REFUSED,
          "Storing the new token of the account %s in %s".formatted(account, file),
          String.valueOf(unwritable.getMessage()),
          "make the folder writable, then authorize the account again: the old token may be dead",
          unwritable);
    }
  }

  /// For this user alone, which `createTempFile` sees to.
  private Path temporary() throws IOException {
    return Files.createTempFile(folder, ".token-", null);
  }

  private Path file(String source, String account) {
    return folder.resolve("%s-%s.json".formatted(source, account));
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
