package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A body that is read while it arrives.
@Timeout(60)
class StreamedBodyTest extends HttpTestCase {

  private static final byte[] CUT = RawServer.http("Content-Length: 900", "{\"id\":1}");
  private static final byte[] WHOLE = RawServer.http("Content-Length: 8", "{\"id\":1}");

  @Test
  void itsBeginningIsReadBeforeItsEndHasArrived() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
        RawServer.writing(out -> {
          out.write(RawServer.http("Content-Length: 4", "ab"));
          out.flush();
          begun.await();
          out.write("cd".getBytes(StandardCharsets.UTF_8));
        })) {

      ApiResponse<String> response =
          api.client(server.url())
              .get(
                  THINGS,
                  body -> {
                    String beginning = text(body.readNBytes(2));
                    begun.countDown();
                    return beginning + "|" + text(body.readAllBytes());
                  });

      assertThat(value(response)).isEqualTo("ab|cd");
    }
  }

  @Test
  void anEndlessOneIsNotReadOnAfterItsReaderHasFailed() throws Exception {
    try (RawServer server = RawServer.writing(StreamedBodyTest::writeForever)) {
      ApiClient client = api.client(server.url());

      ApiResponse<String> response =
          client.get(
              THINGS,
              body -> {
                throw new IOException("it begins with " + (char) body.read());
              });

      assertThat(refused(response).reason()).isEqualTo("its body cannot be read: it begins with x");
      assertThat(refused(response).body()).as("its beginning is kept").hasSize(64 << 10);
      assertThat(client.totalCalls()).isEqualTo(4);
    }
  }

  @Test
  void anEndlessOneIsTooLargeHoweverLittleOfItItsReaderWants() throws Exception {
    try (RawServer server = RawServer.writing(StreamedBodyTest::writeForever)) {
      ApiClient client = api.client(server.url());

      ApiResponse<String> response = client.get(THINGS, body -> text(body.readNBytes(3)));

      assertThat(refused(response).reason()).isEqualTo("its body is larger than 1048576 bytes");
      assertThat(client.totalCalls()).isEqualTo(1);
    }
  }

  @Test
  void isReadAgainIfItBreaksBehindWhatItsReaderWants() throws Exception {
    try (RawServer server = new RawServer(List.of(CUT, WHOLE))) {
      ApiClient client = api.client(server.url());

      ApiResponse<String> response = client.get(THINGS, body -> text(body.readNBytes(3)));

      assertThat(value(response)).isEqualTo("{\"i");
      assertThat(client.totalCalls()).isEqualTo(2);
    }
  }

  @Test
  void isReadAgainIfItsReaderHidesThatItBroke() throws Exception {
    try (RawServer server = new RawServer(List.of(CUT, WHOLE))) {
      ApiResponse<String> response =
          api.client(server.url()).get(THINGS, StreamedBodyTest::leniently);

      assertThat(value(response)).isEqualTo("{\"id\":1}");
    }
  }

  @Test
  void aBrokenOneIsNotCalledUnreadable() throws Exception {
    try (RawServer server = new RawServer(Collections.nCopies(4, CUT))) {
      assertThat(failure(api.client(server.url()), StreamedBodyTest::lines).what())
          .contains("Premature end")
          .contains("tried 4 times");
    }
  }

  private static String leniently(InputStream body) {
    try {
      return text(body.readAllBytes());
    } catch (IOException hidden) {
      return "half";
    }
  }

  /// Throws an [UncheckedIOException] if the body breaks.
  private static String lines(InputStream body) {
    return String.join(
        "",
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)).lines().toList());
  }

  private static void writeForever(OutputStream out) throws IOException {
    byte[] block = new byte[64 << 10];
    Arrays.fill(block, (byte) 'x');
    out.write(RawServer.http("Content-Type: text/plain", ""));
    while (true) {
      out.write(block);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
