package dev.paceline.lake.log;

import dev.paceline.lake.store.Body;
import dev.paceline.lake.store.Sha256;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// A part being written: a temporary file, so that memory does not grow with it. Only this user can
/// read it, and it is unlinked as soon as it is open: a kill leaves no activities behind.
final class PartFile implements Body {

  private final FileChannel channel;
  private final MessageDigest sha256 = Sha256.digest();
  private final BackgroundGzip out;
  private @Nullable String finished;
  private long rows;
  private long uncompressed;

  PartFile() throws IOException {
    this(BackgroundGzip::fastDeflater);
  }

  /// @param deflaters make the deflater, which is ended when the part is finished or discarded
  PartFile(Supplier<Deflater> deflaters) throws IOException {
    Path path = Files.createTempFile("paceline-part-", ".jsonl.gz");
    channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    out =
        new BackgroundGzip(
            new DigestOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel)), sha256),
            deflaters.get());
  }

  void write(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
    rows++;
    uncompressed += line.length + 1L;
  }

  long uncompressed() {
    return uncompressed;
  }

  /// Ends the part; its bytes can be read until it is discarded. Ending it again does nothing.
  void finish() throws IOException {
    if (finished == null) {
      out.finish();
      finished = Sha256.hex(sha256);
    }
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public InputStream open() throws IOException {
    channel.position(0);
    return new CloseShieldInputStream(Channels.newInputStream(channel));
  }

  /// Its entry in a commit, once it is finished and stored under `key`.
  Part describe(String stream, String key) throws IOException {
    return new Part(
        stream, key, rows, size(), Objects.requireNonNull(finished, "an unfinished part"));
  }

  void discard() throws IOException {
    try (FileChannel _ = channel) {
      out.close();
    }
  }

  /// Closing this stream leaves the part's channel open; [#discard] closes that.
  private static final class CloseShieldInputStream extends FilterInputStream {
    CloseShieldInputStream(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
