package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The faults a test can order, and what the client gets.
final class FaultsTest {
  private static final String ATHLETE = "/api/v3/athlete";
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  /// A response as read from the socket, one character per byte, and the number of reads it took.
  private record RawResponse(String head, String latin, int pieces) {
    int announcedLength() {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      throw new AssertionError("No Content-Length in " + head);
    }

    byte[] body() {
      return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void affectASetNumberOfCallsAfterSkippingSome() {
    sandbox.fault("{\"kind\":\"status\",\"status\":500,\"after\":1,\"times\":2}");
    assertThat(statuses(5, ATHLETE)).containsExactly(200, 500, 500, 200, 200);
  }

  @Test
  void affectOneEndpointAndOneIdUntilCleared() {
    String one = sandbox.activities().get(0).path("id").asText();
    String other = sandbox.activities().get(1).path("id").asText();
    sandbox.fault(
        "{\"kind\":\"status\",\"status\":500,\"endpoint\":\"/activities/{id}\",\"id\":%s}"
            .formatted(one));
    assertThat(statuses(4, "/api/v3/activities/" + one)).containsOnly(500);
    assertThat(sandbox.get("/api/v3/activities/" + one).body())
        .isEqualTo("{\"message\":\"error\"}");
    assertThat(statuses(2, "/api/v3/activities/" + other)).containsOnly(200);
    assertThat(statuses(2, ATHLETE)).containsOnly(200);
    assertThat(sandbox.control("GET", "/faults", "").json().get(0).path("happened").intValue())
        .isEqualTo(5);
    sandbox.control("DELETE", "/faults", "");
    assertThat(sandbox.get("/api/v3/activities/" + one).status()).isEqualTo(200);
    assertThat(sandbox.control("GET", "/faults", "").json()).isEmpty();
  }

  @Test
  void returnTheOrderedStatusBodyAndHeaders() {
    sandbox.fault(
        "{\"kind\":\"status\",\"status\":502,\"times\":1,\"body\":\"<html>Bad gateway</html>\",\"contentType\":\"text/html\"}");
    RunningSandbox.Response html = sandbox.get(ATHLETE);
    assertThat(html.status()).isEqualTo(502);
    assertThat(html.header("Content-Type")).startsWith("text/html");
    assertThat(html.body()).isEqualTo("<html>Bad gateway</html>");
    assertThat(html.header("X-RateLimit-Usage")).isEmpty();
    sandbox.fault(
        "{\"kind\":\"status\",\"status\":429,\"times\":1,\"headers\":{\"Retry-After\":\"7\"}}");
    RunningSandbox.Response limited = sandbox.get(ATHLETE);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("7");
    assertThat(limited.json().path("errors").asText()).isEqualTo("Rate Limit Exceeded");
    assertThat(limited.header("X-RateLimit-Usage")).isNotEmpty();
    sandbox.fault("{\"kind\":\"status\",\"status\":404,\"times\":1,\"body\":\"\"}");
    assertThat(sandbox.get(ATHLETE).body()).isEmpty();
    sandbox.fault(
        "{\"kind\":\"status\",\"status\":404,\"times\":1,\"body\":\"<p>Gone</p>\",\"contentType\":\"text/html\"}");
    assertThat(sandbox.get(ATHLETE).body()).isEqualTo("<p>Gone</p>");
    sandbox.fault(
        "{\"kind\":\"status\",\"status\":403,\"times\":1,\"body\":{\"message\":\"Forbidden\",\"errors\":{\"code\":\"Inactive\"}}}");
    assertThat(sandbox.get(ATHLETE).json().path("errors").path("code").asText())
        .isEqualTo("Inactive");
    assertThat(sandbox.calls()).contains("\"/athlete\":{\"403\":1,\"404\":2,\"429\":1,\"502\":1}");
  }

  @Test
  void holdACallUntilTheyAreCleared() {
    sandbox.fault("{\"kind\":\"hold\"}");
    CompletableFuture<RunningSandbox.Response> held =
        CompletableFuture.supplyAsync(() -> sandbox.get(ATHLETE));
    while (sandbox.control("GET", "/faults", "").json().get(0).path("happened").intValue() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(held).isNotDone();
    sandbox.control("DELETE", "/faults", "");
    assertThat(held.join().status()).isEqualTo(200);
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(200);
  }

  @Test
  void redirect() {
    sandbox.fault("{\"kind\":\"redirect\",\"location\":\"http://127.0.0.1:1/there\"}");
    RunningSandbox.Response sent = sandbox.get(ATHLETE);
    assertThat(sent.status()).isEqualTo(302);
    assertThat(sent.header("Location")).isEqualTo("http://127.0.0.1:1/there");
  }

  @Test
  void expireTheTokenForOneCall() {
    sandbox.fault("{\"kind\":\"expire_token\",\"times\":1}");
    RunningSandbox.Response rejected = sandbox.get(ATHLETE);
    assertThat(rejected.status()).isEqualTo(401);
    assertThat(rejected.json().path("errors").get(0).path("resource").asText())
        .isEqualTo("Application");
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(200);
  }

  @Test
  void waitForACallWithinTheLimits() {
    sandbox.control("PUT", "/limits", "{\"limits\":\"1/1,1/1\"}");
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(200);
    sandbox.fault("{\"kind\":\"status\",\"status\":500,\"times\":1}");
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(429);
    sandbox.control("PUT", "/limits", "{\"limits\":\"off\"}");
    assertThat(statuses(2, ATHLETE)).containsExactly(500, 200);
  }

  @Test
  void truncateJsonInAnOtherwiseNormalResponse() {
    sandbox.fault("{\"kind\":\"malformed_json\",\"times\":1}");
    RunningSandbox.Response cut = sandbox.get(ATHLETE);
    assertThat(cut.status()).isEqualTo(200);
    assertThatThrownBy(cut::json).isInstanceOf(AssertionError.class);
    assertThat(sandbox.get(ATHLETE).body()).startsWith(cut.body());
  }

  @Test
  void closeTheConnectionInTheMiddleOfABody() throws IOException {
    String whole = sandbox.get(ATHLETE).body();
    sandbox.fault("{\"kind\":\"cut_body\",\"times\":1}");
    RawResponse cut = rawResponse(ATHLETE);
    assertThat(cut.head()).startsWith("HTTP/1.1 200 OK").contains("X-RateLimit-Usage", "Date: Wed");
    assertThat(cut.announcedLength()).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length);
    assertThat(cut.body().length).isLessThan(cut.announcedLength());
    assertThat(whole).startsWith(cut.text().substring(0, 40));
    assertThat(sandbox.calls()).contains("\"/athlete\":{\"200\":2}");
  }

  @Test
  void announceTheWrongLength() throws IOException {
    byte[] whole = sandbox.get(ATHLETE).body().getBytes(StandardCharsets.UTF_8);
    sandbox.fault("{\"kind\":\"short_body\",\"times\":1}");
    RawResponse shortBody = rawResponse(ATHLETE);
    assertThat(shortBody.body()).isEqualTo(whole);
    assertThat(shortBody.announcedLength()).isGreaterThan(whole.length);
    sandbox.fault("{\"kind\":\"long_body\",\"times\":1}");
    RawResponse longBody = rawResponse(ATHLETE);
    assertThat(longBody.body()).isEqualTo(whole);
    assertThat(longBody.announcedLength()).isLessThan(whole.length);
  }

  @Test
  void sendBytesSlowly() throws IOException {
    String whole = sandbox.get("/api/v3/athlete/zones").body();
    sandbox.fault("{\"kind\":\"slow_drip\",\"bytes_per_second\":400,\"times\":1}");
    RawResponse dripped = rawResponse("/api/v3/athlete/zones");
    assertThat(dripped.text()).isEqualTo(whole);
    assertThat(dripped.announcedLength()).isEqualTo(whole.length());
    assertThat(dripped.pieces()).isGreaterThan(2);
  }

  @Test
  void closeTheConnectionWithoutAResponse() throws IOException {
    sandbox.fault("{\"kind\":\"drop\",\"times\":1}");
    assertThat(rawResponse(ATHLETE).head()).isEmpty();
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(200);
    assertThat(sandbox.calls()).contains("\"/athlete\":{\"0\":1,\"200\":1}");
  }

  @Test
  void sendNothingUntilTheClientGivesUp() throws IOException {
    sandbox.fault("{\"kind\":\"hang\",\"times\":1}");
    try (Socket hanging = sent(ATHLETE)) {
      awaitUnansweredCall("/athlete");
      assertThat(hanging.getInputStream().available()).isZero();
    }
    assertThat(sandbox.get(ATHLETE).status()).isEqualTo(200);
  }

  @Test
  void endAHangingCallWhenTheSandboxStops() throws IOException {
    sandbox.fault("{\"kind\":\"hang\"}");
    try (Socket hanging = sent(ATHLETE)) {
      hanging.setSoTimeout(60_000);
      awaitUnansweredCall("/athlete");
      sandbox.close();
      assertThat(hanging.getInputStream().read()).isEqualTo(-1);
    }
  }

  /// Waits until a call without a response has come in; it is counted as status 0.
  private void awaitUnansweredCall(String endpoint) {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!sandbox.control("GET", "/calls", "").json().path(endpoint).has("0")) {
      assertThat(Instant.now()).as("a call came in").isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void rotateTheRefreshTokenWithoutAResponse() {
    String old = sandbox.refreshToken();
    sandbox.fault("{\"kind\":\"token_rotated_but_unanswered\",\"times\":1}");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    sandbox.url()
                        + "/oauth/token?client_id=20001&client_secret=sandbox-secret&grant_type=refresh_token&refresh_token="
                        + old))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient client = HttpClient.newHttpClient();
    try {
      CompletableFuture<HttpResponse<String>> pending =
          client.sendAsync(request, BodyHandlers.ofString());
      awaitUnansweredCall("/oauth/token");
      assertThat(pending).isNotDone();
    } finally {
      client.shutdownNow();
    }
    assertThat(sandbox.refreshToken()).isNotEqualTo(old);
    assertThat(sandbox.refresh(old).status()).isEqualTo(400);
  }

  @Test
  void uploadActivitiesBetweenThePagesOfAListing() {
    JsonNode before = sandbox.activities();
    sandbox.fault("{\"kind\":\"upload_during_listing\",\"count\":3,\"times\":2}");
    JsonNode first = sandbox.listing("per_page=5");
    JsonNode second = sandbox.listing("per_page=5");
    JsonNode third = sandbox.listing("per_page=200");
    assertThat(first.get(0)).isEqualTo(before.get(0));
    assertThat(second.get(3)).isEqualTo(before.get(0));
    assertThat(third.get(6)).isEqualTo(before.get(0));
    assertThat(sandbox.activities()).hasSize(before.size() + 6);
    assertThat(sandbox.listing("per_page=7").get(6)).isEqualTo(before.get(0));
  }

  @Test
  void leaveTokenCallsAloneUnlessTheirEndpointIsNamed() {
    sandbox.fault("{\"kind\":\"status\",\"status\":503}");
    assertThat(sandbox.refresh(sandbox.refreshToken()).status()).isEqualTo(200);
    sandbox.fault("{\"kind\":\"status\",\"status\":503,\"endpoint\":\"/oauth/token\"}");
    assertThat(sandbox.refresh(sandbox.refreshToken()).status()).isEqualTo(503);
  }

  @Test
  void skewOnlyTheDateHeader() {
    sandbox.control("PUT", "/clock-skew", "{\"seconds\":300}");
    assertThat(sandbox.get(ATHLETE).header("Date")).isEqualTo("Wed, 15 Jul 2026 12:05:00 GMT");
    assertThat(sandbox.control("GET", "/clock", "").json().path("now").asText())
        .isEqualTo(RunningSandbox.NOON);
    sandbox.control("PUT", "/clock-skew", "{\"seconds\":-60}");
    assertThat(sandbox.get(ATHLETE).header("Date")).isEqualTo("Wed, 15 Jul 2026 11:59:00 GMT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut_body", "slow_drip", "malformed_json", "short_body", "long_body"})
  void leaveA404Unchanged(String kind) {
    String more = kind.equals("slow_drip") ? ",\"bytes_per_second\":1" : "";
    sandbox.fault("{\"kind\":\"" + kind + "\"" + more + "}");
    assertThat(sandbox.get("/api/v3/activities/17").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                    | is not a kind of fault
          {"kind":"earthquake"}                                 | "earthquake" is not a kind
          {"kind":"status"}                                     | status must be a whole number
          {"kind":"status","status":99}                         | from 200 to 599
          {"kind":"slow_drip"}                                  | bytes_per_second
          {"kind":"redirect"}                                   | Give a location
          {"kind":"upload_during_listing","count":0}            | from 1 to 1000
          {"kind":"hang","times":0}                             | 1 or more
          {"kind":"hang","after":-1}                            | 0 or more
          {"kind":"hang","endpoint":"athlete"}                  | as in GET /control/calls
          {"kind":"hang","staus":500}                           | has no field "staus"
          """)
  void areRejectedWithASentenceWhenInvalid(String order, String sentence) {
    RunningSandbox.Response rejected = sandbox.control("POST", "/faults", order);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.json().path("error").asText()).contains(sentence);
    assertThat(sandbox.control("GET", "/faults", "").json()).isEmpty();
  }

  private List<Integer> statuses(int calls, String path) {
    return Stream.generate(() -> sandbox.get(path).status()).limit(calls).toList();
  }

  private Socket sent(String path) throws IOException {
    URI url = URI.create(sandbox.url());
    String token = sandbox.token();
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path, url.getAuthority(), token)
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /// Everything received until the connection ends.
  private RawResponse rawResponse(String path) throws IOException {
    try (Socket socket = sent(path)) {
      socket.setSoTimeout(60_000);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] piece = new byte[1 << 16];
      int pieces = 0;
      int length = socket.getInputStream().read(piece);
      while (length >= 0) {
        pieces++;
        all.write(piece, 0, length);
        length = socket.getInputStream().read(piece);
      }
      String text = all.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      return end < 0
          ? new RawResponse(text, "", pieces)
          : new RawResponse(text.substring(0, end), text.substring(end + 4), pieces);
    }
  }
}
