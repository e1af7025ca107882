package dev.paceline.extract.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body while it arrives, within a limit of size. It keeps its first bytes and its first failure,
/// so that a reader can hide neither.
final class ResponseBody extends InputStream {

  /// How much of a body is kept.
  static final int KEPT_BYTES = 64 << 10;

  private final InputStream in;
  private final long limit;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private long size;
  private @Nullable IOException failure;

  ResponseBody(InputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    int read;
    try {
      read = in.read(target, offset, (int) Math.min(length, limit + 1 - size));
    } catch (IOException broken) {
      failure = broken;
      throw broken;
    }
    if (read < 0) {
      return read;
    }
    size += read;
    beginning.write(target, offset, Math.min(read, keptBytes() - beginning.size()));
    if (size > limit) {
      TooLarge tooLarge = new TooLarge(limit);
      failure = tooLarge;
      throw tooLarge;
    }
    return read;
  }

  /// Why it could not be read to its end; empty if nothing has gone wrong yet.
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /// Reads to the end.
  void skipRest() throws IOException {
    byte[] ignored = new byte[8 << 10];
    int read;
    do {
      read = read(ignored, 0, ignored.length);
    } while (read >= 0);
  }

  /// The first bytes, reading those that were not read yet; the rest may stay unread.
  byte[] beginning() throws IOException {
    byte[] next = new byte[8 << 10];
    int read = 0;
    while (read >= 0 && size < keptBytes()) {
      read = read(next, 0, (int) Math.min(next.length, keptBytes() - size));
    }
    return beginning.toByteArray();
  }

  private int keptBytes() {
    return (int) Math.min(limit, KEPT_BYTES);
  }

  /// How many bytes have been read.
  long size() {
    return size;
  }

  /// Does nothing: closing the connection's stream would read the rest of the body.
  @Override
  public void close() {}

  /// A body that exceeds its limit.
  static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private TooLarge(long limit) {
      super("its body is larger than %d bytes".formatted(limit));
    }
  }
}
