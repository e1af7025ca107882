package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;

/// A server that closes a connection after a response without announcing it, as a load balancer
/// closes an idle one.
class ClosedConnectionTest extends HttpTestCase {

  private static final byte[] RESPONSE = RawServer.http("Content-Length: 2", "{}");

  @Test
  void whatIsSentOnceArrivesOnce() throws Exception {
    try (RawServer server = new RawServer(List.of(RESPONSE, RESPONSE, RESPONSE));
        HttpTransport transport = afterACall(server)) {

      Response response = transport.sendOnce("Posting", () -> post(server));

      assertThat(response.status()).isEqualTo(200);
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  @Test
  void whatMayBeRepeatedArrivesOnce() throws Exception {
    try (RawServer server = new RawServer(List.of(RESPONSE, RESPONSE, RESPONSE));
        HttpTransport transport = afterACall(server)) {

      Response response = transport.send("Posting", () -> post(server));

      assertThat(response.status()).isEqualTo(200);
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  private HttpTransport afterACall(RawServer server) throws IOException {
    HttpTransport transport = api.transport(new ApiClock(Clock.systemUTC()));
    transport.exchange(new HttpGet(server.url() + "/things"));
    return transport;
  }

  private static HttpPost post(RawServer server) {
    HttpPost post = new HttpPost(server.url() + "/token");
    post.setEntity(new StringEntity("grant_type=refresh_token"));
    return post;
  }

  private static long posts(RawServer server) {
    return server.requests().stream().filter(line -> line.startsWith("POST ")).count();
  }
}
