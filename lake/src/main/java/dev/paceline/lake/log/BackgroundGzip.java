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

/// Compresses what is written on another thread, in order: half of the work of writing a part,
/// while the next record comes over the network. A few blocks wait at most, so memory stays small
/// however slow the disk is. What fails there is thrown by the next call here.
final class BackgroundGzip extends OutputStream {

  private static final int BLOCK_BYTES = 256 << 10;

  private static final int MAX_QUEUED_BLOCKS = 4;

  /// One for all parts: a second core is all that is to be had.
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

  private final GZIPOutputStream gzip;
  private final Semaphore freeSlots = new Semaphore(MAX_QUEUED_BLOCKS);
  private ByteArrayOutputStream block = new ByteArrayOutputStream();
  private volatile @Nullable Throwable failure;

  BackgroundGzip(OutputStream out) throws IOException {
    this.gzip = new FastGzip(out);
  }

  @Override
  public void write(int b) throws IOException {
    block.write(b);
    submitIfFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    block.write(bytes, offset, length);
    submitIfFull();
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

  /// Ends the stream: all of it has been compressed and written.
  void finish() throws IOException {
    submitBlock();
    submit(() -> {
      gzip.finish();
      gzip.flush();
    });
    awaitAll();
  }

  /// Waits until nothing is under way, whatever became of it.
  @Override
  public void close() throws IOException {
    acquire(MAX_QUEUED_BLOCKS);
    freeSlots.release(MAX_QUEUED_BLOCKS);
  }

  private void awaitAll() throws IOException {
    close();
    rethrowFailure();
  }

  private void submit(IoTask task) throws IOException {
    rethrowFailure();
    acquire(1);
    COMPRESSOR.execute(() -> {
      try {
        if (failure == null) {
          task.run();
        }
      } catch (IOException | RuntimeException | Error cause) {
        failure = cause; // whatever it is: a part that lacks a block must never be finished
      } finally {
        freeSlots.release();
      }
    });
  }

  private void acquire(int blocks) throws IOException {
    try {
      freeSlots.acquire(blocks);
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

  /// Level 1: six times the speed of the default for a tenth more bytes.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
