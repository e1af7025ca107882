package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A part's deflater has memory outside of the heap, which the garbage collector does not see.
class PartFileTest {

  private static final byte[] LINE = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);

  private final EndingDeflater deflater = new EndingDeflater();

  private static final class EndingDeflater extends Deflater {
    private boolean ended;

    EndingDeflater() {
      super(Deflater.BEST_SPEED, true);
    }

    @Override
    public void end() {
      ended = true;
      super.end();
    }
  }

  @AfterEach
  void end() {
    deflater.end();
  }

  @Test
  void endsItsDeflaterWhenItIsFinishedBeforeItIsStored() throws IOException {
    PartFile part = new PartFile(() -> deflater);
    part.write(LINE);

    part.finish();

    assertThat(deflater.ended).isTrue();
    try (GZIPInputStream lines = new GZIPInputStream(part.open())) {
      assertThat(lines.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":1}\n");
    }
    part.discard();
  }

  @Test
  void endsItsDeflaterWhenItIsNeverFinished() throws IOException {
    PartFile part = new PartFile(() -> deflater);
    part.write(LINE);

    part.discard();

    assertThat(deflater.ended).isTrue();
  }

  @Test
  void endsItsDeflaterWhenItIsDiscardedByAnInterruptedThread() throws IOException {
    PartFile part = new PartFile(() -> deflater);
    part.write(LINE);
    Thread.currentThread().interrupt();

    part.discard();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(deflater.ended).isTrue();
  }

  @Test
  void endsItsDeflaterAfterAFailure() throws IOException {
    BackgroundGzip gzip =
        new BackgroundGzip(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("no space left");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 100) { // the header of gzip is shorter
                  throw new IOException("no space left");
                }
              }
            },
            deflater);
    byte[] incompressible = new byte[1 << 20];
    new Random(1).nextBytes(incompressible);

    assertThatThrownBy(
            () -> {
              gzip.write(incompressible);
              gzip.finish();
            })
        .hasMessageContaining("no space left");
    gzip.close();

    assertThat(deflater.ended).isTrue();
  }

  @Test
  void writesWhatAnyGzipReads() throws IOException {
    byte[] random = new byte[3 << 20];
    new Random(2).nextBytes(random);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    BackgroundGzip gzip = new BackgroundGzip(stored, deflater);

    gzip.write(random);
    gzip.finish();

    try (GZIPInputStream read =
        new GZIPInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
      assertThat(read.readAllBytes()).isEqualTo(random);
    }
  }
}
