package dev.paceline.lake.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Compresses on another thread, in order, while the next record arrives over the network:
/// compression is half the work of writing a part. At most a few blocks are queued, so memory stays
/// small however slow the disk is. A failure of that thread is thrown by the next call.
final class BackgroundGzip extends OutputStream {

  private static final int BLOCK_BYTES = 256 << 10;

  private static final int MAX_QUEUED_BLOCKS = 4;

  /// One thread for all parts: there is only a second core to use.
  private static final ThreadPoolExecutor COMPRESSOR =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("part-compressor").factory());

  static {
    COMPRESSOR.allowCoreThreadTimeOut(true);
  }

  private final Deflater deflater;
  private final GZIPOutputStream gzip;
  private final Semaphore freeSlots = new Semaphore(MAX_QUEUED_BLOCKS);
  private ByteArrayOutputStream block = new ByteArrayOutputStream();
  private volatile @Nullable Throwable failure;

  /// @param deflater ended with this stream: it has a quarter of a megabyte outside of the heap
  BackgroundGzip(OutputStream out, Deflater deflater) throws IOException {
    this.deflater = deflater;
    this.gzip = new FastGzip(out, deflater);
  }

  /// Level 1: six times as fast as the default for a tenth more bytes.
  static Deflater fastDeflater() {
    return new Deflater(Deflater.BEST_SPEED, true);
  }

  @Override
  public void write(int b) throws IOException {
    block.write(b);
    submitIfFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      int taken = Math.min(end - at, BLOCK_BYTES - block.size());
      block.write(bytes, at, taken);
      at += taken;
      submitIfFull();
    }
  }

  private void submitIfFull() throws IOException {
    if (block.size() >= BLOCK_BYTES) {
      submitBlock();
    }
  }

  private void submitBlock() throws IOException {
    ByteArrayOutputStream full = block;
    block = new ByteArrayOutputStream();
    submit(() -> full.writeTo(gzip));
  }

  /// Ends the stream; on return, all of it has been compressed and written.
  void finish() throws IOException {
    submitBlock();
    submit(() -> {
      gzip.finish();
      gzip.flush();
    });
    close();
    rethrowFailure();
  }

  /// Waits until nothing is in progress, whether it succeeded or not, and frees what the stream
  /// holds. The wait is short: only a few blocks are queued.
  @Override
  public void close() {
    freeSlots.acquireUninterruptibly(MAX_QUEUED_BLOCKS);
    freeSlots.release(MAX_QUEUED_BLOCKS);
    deflater.end();
  }

  private void submit(IoTask task) throws IOException {
    rethrowFailure();
    acquireSlot();
    boolean submitted = false;
    try {
      COMPRESSOR.execute(() -> run(task));
      submitted = true;
    } finally {
      if (!submitted) {
        freeSlots.release();
      }
    }
  }

  private void run(IoTask task) {
    try {
      if (failure == null) {
        task.run();
      }
    } catch (IOException | RuntimeException | Error cause) {
      failure = cause; // any failure: a part with a missing block must never be finished
    } finally {
      freeSlots.release();
    }
  }

  private void acquireSlot() throws IOException {
    try {
      freeSlots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a part was compressed");
    }
  }

  private void rethrowFailure() throws IOException {
    Throwable cause = failure;
    if (cause instanceof Error fatal) {
      throw fatal;
    }
    if (cause != null) {
      throw new IOException(cause.getMessage(), cause);
    }
  }

  @FunctionalInterface
  private interface IoTask {
    void run() throws IOException;
  }

  /// `GZIPOutputStream` has no way to choose a level, and ends its own deflater only if all went
  /// well.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out, Deflater deflater) throws IOException {
      super(out, 1 << 16);
      def.end();
      def = deflater;
    }
  }
}
