package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.Json;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests and repeats those that may succeed the next time. Knows nothing of tokens and
/// budgets.
public final class HttpTransport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

  /// More than any answer of a listing; an answer is held in memory.
  private static final int MOST_BYTES = 64 << 20;

  private final CloseableHttpClient client;
  private final RetryPolicy policy;
  private final ApiClock clock;

  public HttpTransport(RetryPolicy policy, ApiClock clock) {
    this.policy = policy;
    this.clock = clock;
    this.client =
        HttpClients.custom()
            .useSystemProperties() // proxies
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .useSystemProperties()
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.ofSeconds(10))
                            .setSocketTimeout(Timeout.ofSeconds(60))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(60)).build())
            .disableAutomaticRetries() // the policy is ours
            .disableRedirectHandling() // a redirect could carry the token to another host
            .disableCookieManagement()
            .setUserAgent("paceline")
            .build();
  }

  /// Sends a request that may be repeated.
  ///
  /// @param doing what it is for, in messages
  /// @param request makes the request of each try
  /// @param observer is told each answer
  /// @return the last answer, whatever its status
  Response send(String doing, Supplier<ClassicHttpRequest> request, Consumer<Response> observer) {
    for (int tried = 1; ; tried++) {
      Optional<Duration> pause;
      try {
        Response response = exchange(request.get());
        observer.accept(response);
        pause = policy.pauseAfter(response.status(), tried);
        if (pause.isEmpty()) {
          return response;
        }
      } catch (IOException broken) {
        pause = policy.pauseAfter(broken, tried);
        if (pause.isEmpty()) {
          throw unreachable(doing, broken, tried);
        }
      }
      policy.sleep(pause.get());
    }
  }

  /// Sends a request that must not be carried out twice.
  public Response sendOnce(String doing, Supplier<ClassicHttpRequest> request) {
    try {
      return exchange(request.get());
    } catch (IOException broken) {
      throw unreachable(doing, broken, 1);
    }
  }

  /// Asks an address for the source's time, with a request that counts for nobody. Where it does
  /// not answer, the first call will say so.
  public void askTheTime(URI address) {
    try {
      exchange(new HttpHead(address));
    } catch (IOException away) {
      LOG.debug("{} does not tell the time: {}", address, away.toString());
    }
  }

  private Response exchange(ClassicHttpRequest request) throws IOException {
    Response response = client.execute(request, this::read);
    clock.observe(response.date());
    return response;
  }

  private Response read(ClassicHttpResponse answer) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : answer.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    HttpEntity entity = answer.getEntity();
    byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity, MOST_BYTES);
    return new Response(
        answer.getCode(), headers, body == null ? new byte[0] : body, date(headers.get("Date")));
  }

  /// Without a `Date` that can be read, an answer tells nothing new of the time.
  private Instant date(@Nullable String header) {
    Instant date = header == null ? null : DateUtils.parseStandardDate(header);
    return date == null ? clock.now() : date;
  }

  private static Failure unreachable(String doing, IOException broken, int tried) {
    String why =
        switch (broken) {
          case UnknownHostException unknown -> "there is no host " + unknown.getMessage();
          case ConnectTimeoutException _ -> "no connection came about in 10 s";
          case SocketTimeoutException _ -> "no answer came in 60 s";
          default -> String.valueOf(broken.getMessage());
        };
    return new Failure(
        Exit.UNAVAILABLE,
        doing,
        tried == 1 ? why : "%s (tried %d times)".formatted(why, tried),
        "check the network and the URL, and try again",
        broken);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
  }

  /// One answer.
  ///
  /// @param headers by name, in any letter case
  /// @param date by the source's clock
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Response(int status, Map<String, String> headers, byte[] body, Instant date) {

    private static final int MOST_CHARACTERS = 200;

    /// What an error says of itself, for messages: its `message` and the first of its `errors`, or
    /// the `error` of OAuth.
    public String message() {
      try {
        JsonNode json = Json.MAPPER.readTree(body);
        JsonNode errors = json.path("errors");
        JsonNode first = errors.isArray() ? errors.path(0) : errors;
        String text =
            "%s %s %s"
                .formatted(
                    json.path("message").asText(),
                    first.isMissingNode() ? "" : first,
                    json.path("error").asText());
        return text.strip().substring(0, Math.min(text.strip().length(), MOST_CHARACTERS));
      } catch (IOException noJson) {
        return "(no JSON)";
      }
    }
  }
}
