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

/// Reads a committed part and checks that it is the one that was committed: [#stream] has its
/// uncompressed bytes, and after the last of them [#verify] compares size and SHA-256. A caller
/// must do nothing final before [#verify].
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
    } catch (IOException e) {
      throw unreadable(address, e);
    }
  }

  /// The uncompressed lines. [#unreadable] turns an `IOException` of this stream into a failure.
  public InputStream stream() {
    return lines;
  }

  /// The failure for a stream that broke, with what to do about it.
  public Failure unreadable(IOException e) {
    return unreadable(address, e);
  }

  private static Failure unreadable(String address, IOException e) {
    boolean corrupt = e instanceof ZipException || e instanceof EOFException;
    return new Failure(
        corrupt ? Exit.UNUSABLE : Exit.UNAVAILABLE,
        "Reading " + address,
        corrupt ? "the part is damaged (%s)".formatted(e.getMessage()) : "the connection broke",
        corrupt ? "restore the object from a backup or an older version" : "try again",
        e);
  }

  /// Reads the rest of the stored bytes and compares all of them with the commit.
  public void verify() {
    try {
      stored.drain();
    } catch (IOException e) {
      throw unreadable(address, e);
    }
    String sha256 = Sha256.hex(stored.getMessageDigest());
    if (stored.count != part.bytes() || !sha256.equals(part.sha256())) {
      throw new Failure(
          Exit.UNUSABLE,
          "Reading " + address,
          "its %d bytes with SHA-256 %s are not the %d bytes with %s that were committed"
              .formatted(stored.count, sha256, part.bytes(), part.sha256()),
          "restore the object, or its commit, from a backup or an older version");
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unreadable(address, e);
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
