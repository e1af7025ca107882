package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A folder with a file for each account, `<source>-<account>.json`, which only this user may read.
/// A token is completely on disk before [#write] returns.
final class FileTokens implements TokenStore {

  private static final Set<PosixFilePermission> ACCESS_BY_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /// Larger than a token.
  private static final int PROBE_BYTES = 4096;

  private final Path folder;

  private FileTokens(Path folder) {
    this.folder = folder;
  }

  static FileTokens open(String address) {
    try {
      URI uri = new URI(address);
      if (address.startsWith("file:///")) {
        return new FileTokens(Path.of(uri));
      }
      throw refused(address);
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      throw refused(address);
    }
  }

  private static Failure refused(String address) {
    return new Failure(
        Exit.USAGE,
        "Opening the token store",
        "%s is not the URI of a folder".formatted(Quoted.of(address)),
        "give file:///dir, with %20 for a space");
  }

  @Override
  public Optional<Token> find(AccountRef account) {
    Path file = file(account);
    String doing = "Reading the token of the account %s from %s".formatted(account.name(), file);
    try {
      if (isPosix()
          && Files.getPosixFilePermissions(file).stream().anyMatch(ACCESS_BY_OTHERS::contains)) {
        throw new Failure(
            Exit.REFUSED,
            doing,
            "other users can access it",
            "if nobody has read it, run chmod 600 %s; otherwise run: %s"
                .formatted(file, account.reauthorizeCommand()));
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Optional.of(TokenText.parse(text, file.toString(), account));
    } catch (NoSuchFileException notFound) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new Failure(
          Exit.REFUSED,
          doing,
          "it cannot be read",
          "give this user permission to read it",
          unreadable);
    }
  }

  @Override
  public void ensureWritable(AccountRef account) {
    try {
      Path probe = temporary();
      try (FolderLock _ = FolderLock.acquire(folder)) {
        Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.SYNC);
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException unwritable) {
      throw new Failure(
          Exit.REFUSED,
          "Preparing to store a new token of the account " + account.name(),
          "it could not be stored in %s (%s)".formatted(folder, unwritable),
          "make the folder writable, and free some space",
          unwritable);
    }
  }

  @Override
  public void write(AccountRef account, Token token) {
    try {
      makeFolder();
      try (FolderLock _ = FolderLock.acquire(folder)) {
        put(file(account), token);
      }
    } catch (IOException unwritable) {
      throw notStored(account, unwritable);
    }
  }

  /// Compares and writes while holding the lock of the folder.
  @Override
  public boolean replace(AccountRef account, Token known, Token token) {
    try (FolderLock _ = FolderLock.acquire(folder)) {
      boolean same = find(account).filter(stored -> stored.hasSameRefreshToken(known)).isPresent();
      if (same) {
        put(file(account), token);
      }
      return same;
    } catch (IOException unwritable) {
      throw notStored(account, unwritable);
    }
  }

  private void put(Path file, Token token) throws IOException {
    Path temporary = temporary();
    try {
      Files.writeString(temporary, TokenText.write(token), StandardOpenOption.SYNC);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary); // it contains a token
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Failure notStored(AccountRef account, IOException unwritable) {
    return new Failure(
        Exit.REFUSED,
        "Storing the new token of the account %s in %s".formatted(account.name(), file(account)),
        unwritable.toString(),
        "make the folder writable; the old token may be invalid, so run: "
            + account.reauthorizeCommand(),
        unwritable);
  }

  @Override
  public String address(AccountRef account) {
    return file(account).toString();
  }

  @Override
  public boolean isPersistent() {
    return true;
  }

  /// `createTempFile` makes the file accessible to this user only.
  private Path temporary() throws IOException {
    makeFolder();
    return Files.createTempFile(folder, ".token-", null);
  }

  private void makeFolder() throws IOException {
    if (isPosix() && !Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private Path file(AccountRef account) {
    return folder.resolve(account.key() + ".json");
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
