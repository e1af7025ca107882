package dev.paceline.lake.log;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a committed part and proves that it is the one that was committed: its uncompressed bytes
/// by [#stream], and after the last of them [#verify] of size and SHA-256. Whoever reads does
/// nothing final before it.
public final class PartReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Part part;
  private final String address;
  private final CountingDigest stored;
  private final GZIPInputStream lines;

  private PartReader(Part part, String address, CountingDigest stored) throws IOException {
    this.part = part;
    this.address = address;
    this.stored = stored;
    this.lines = new GZIPInputStream(stored, BUFFER);
  }

  public static PartReader open(ObjectStore store, Part part) {
    String address = store.address(part.key());
    try {
      return new PartReader(part, address, new CountingDigest(store.open(part.key())));
    } catch (IOException broken) {
      throw unreadable(address, broken);
    }
  }

  /// The lines, uncompressed. An `IOException` of this stream becomes a failure by [#unreadable].
  public InputStream stream() {
    return lines;
  }

  /// What somebody can do about a broken stream.
  public Failure unreadable(IOException broken) {
    return unreadable(address, broken);
  }

  private static Failure unreadable(String address, IOException broken) {
    boolean corrupt = broken instanceof ZipException || broken instanceof EOFException;
    return new Failure(
        corrupt ? Exit.UNUSABLE : Exit.UNAVAILABLE,
        "Reading " + address,
        corrupt
            ? "the part is damaged (%s)".formatted(broken.getMessage())
            : "the connection broke",
        corrupt ? "restore the object from a backup or an older version" : "try again",
        broken);
  }

  /// Reads what is left of the stored bytes and compares all of them with the commit.
  public void verify() {
    try {
      stored.drain();
    } catch (IOException broken) {
      throw unreadable(address, broken);
    }
    String sha256 = Sha256.hex(stored.getMessageDigest());
    if (stored.count != part.bytes() || !sha256.equals(part.sha256())) {
      throw new Failure(
          Exit.UNUSABLE,
          "Reading " + address,
          "its %d bytes with SHA-256 %s are not the %d bytes with %s that were committed"
              .formatted(stored.count, sha256, part.bytes(), part.sha256()),
          "restore the object from a backup or an older version");
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException broken) {
      throw unreadable(address, broken);
    }
  }

  private static final class CountingDigest extends DigestInputStream {
    private long count;

    CountingDigest(InputStream in) {
      super(in, Sha256.digest());
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(read, 0);
      return read;
    }

    void drain() throws IOException {
      byte[] rest = new byte[BUFFER];
      while (read(rest, 0, rest.length) >= 0) {}
    }
  }
}
