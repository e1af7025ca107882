package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Responses that arrive broken: they are retried, and reported if that does not help.
class BrokenResponseTest extends HttpTestCase {

  private static final String BODY = "{\"id\":1,\"name\":\"as it should be\"}";
  private static final byte[] WHOLE = RawServer.http("Content-Length: " + BODY.length(), BODY);

  static Stream<Arguments> brokenBodies() {
    byte[] zipped = gzip(BODY);
    return Stream.of(
        Arguments.of("cut in the middle", RawServer.http("Content-Length: 32", "{\"id\":")),
        Arguments.of("longer than it says", RawServer.http("Content-Length: 12", BODY)),
        Arguments.of("shorter than it says", RawServer.http("Content-Length: 900", BODY)),
        Arguments.of(
            "cut between chunks",
            RawServer.http("Transfer-Encoding: chunked", "6\r\n{\"id\":\r\n")),
        Arguments.of(
            "a cut gzip",
            join(RawServer.http("Content-Encoding: gzip", ""), Arrays.copyOf(zipped, 20))),
        Arguments.of("not gzip", RawServer.http("Content-Encoding: gzip", BODY)),
        Arguments.of("not JSON", RawServer.http("Content-Length: 9", "{\"id\":1,}")),
        Arguments.of("an HTML page", RawServer.http("Content-Length: 15", "<html>Sign in</")),
        Arguments.of("not HTTP", "hello".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("nothing", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenBodies")
  void isRetried(String kind, byte[] broken) throws Exception {
    try (RawServer server = new RawServer(List.of(broken, broken, broken, WHOLE))) {
      ApiClient client = api.client(server.url());

      assertThat(found(get(client))).as(kind).isEqualTo(BODY);
      assertThat(client.totalCalls()).as("each attempt is a call").isEqualTo(4);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenBodies")
  void isGivenUpAfterFourAttempts(String kind, byte[] broken) throws Exception {
    try (RawServer server = new RawServer(Collections.nCopies(9, broken))) {
      ApiClient client = api.client(server.url());

      assertThat(end(client)).as(kind).matches("(200 its body cannot be read|69 ).*");
      assertThat(client.totalCalls()).isEqualTo(4);
    }
  }

  /// How a failed call ends.
  private static String end(ApiClient client) {
    try {
      ApiResponse.Refused<?> refused = refused(get(client));
      return refused.status() + " " + refused.reason();
    } catch (Failure unreachable) {
      return unreachable.exit().code() + " " + unreachable.what();
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aDroppedConnectionIsRetried(Fault fault) {
    api.respondsWith("/things", WireMock.aResponse().withFault(fault), WireMock.okJson(BODY));

    assertThat(found(get())).isEqualTo(BODY);
    assertThat(api.calls()).hasSize(2);
  }

  @Test
  void keepsAnUnreadableBody() {
    api.respondsWith("/things", WireMock.ok("[1, 2"));

    ApiResponse.Refused<?> refused = refused(get());

    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.reason())
        .isEqualTo(
            "its body cannot be read: it is not valid JSON (Unexpected end-of-input: expected close"
                + " marker for Array, line 1, column 6)");
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).isEqualTo("[1, 2");
  }

  @Test
  void saysThatAWebPageCame() {
    api.respondsWith("/things", WireMock.ok("\n<!doctype html>\n<HTML><title>Sign in</title>"));

    assertThat(refused(get()).reason())
        .isEqualTo("its body cannot be read: it is an HTML page, not JSON");
  }

  @Test
  void requestsGzipAndDecompressesIt() {
    api.respondsWith(
        "/things", WireMock.ok().withHeader("Content-Encoding", "gzip").withBody(gzip(BODY)));

    assertThat(found(get())).isEqualTo(BODY);
    assertThat(api.header("Accept-Encoding").getFirst()).contains("gzip");
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    String url;
    try (RawServer gone = new RawServer(List.of())) {
      url = gone.url();
    }

    Failure failure = failure(api.client(url));

    assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(failure.doing()).contains(url + "/things");
    assertThat(failure.what()).contains("tried 4 times");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
