package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests and reads their responses, within limits of time and size. It knows nothing of
/// budgets, and leaves the meaning of a response to its callers.
public final class HttpTransport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

  /// How much of a body that is too large is kept, and the size of the body of an error.
  static final int KEPT_BYTES = 64 << 10;

  private final HttpLimits limits;
  private final RetryPolicy policy;
  private final ApiClock clock;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("call-deadlines").daemon().factory());

  HttpTransport(Network network, HttpLimits limits, RetryPolicy policy, ApiClock clock) {
    this.limits = limits;
    this.policy = policy;
    this.clock = clock;
    this.connections = network.connections(limits);
    this.client = network.client(connections, limits);
    timer.setRemoveOnCancelPolicy(true);
  }

  /// The transport of a command: it uses the proxy that the environment names, and trusts the
  /// certificates of the setting `ca_file` as well as the JDK's.
  public static HttpTransport open(
      Environment environment, Settings settings, RetryPolicy policy, ApiClock clock) {
    return new HttpTransport(Network.of(environment, settings), HttpLimits.STANDARD, policy, clock);
  }

  /// Sends a request that must not be repeated.
  ///
  /// @param doing describes the request in messages
  public Response sendOnce(String doing, Supplier<HttpUriRequestBase> request) {
    try {
      return exchange(request.get());
    } catch (IOException broken) {
      throw unreachable(doing, broken, 1);
    }
  }

  /// Sends a request that may be repeated, and retries it while that is worthwhile.
  ///
  /// @param doing describes the request in messages
  /// @param request makes the request of each attempt
  /// @return the last response, whatever its status
  public Response send(String doing, Supplier<HttpUriRequestBase> request) {
    for (int attempts = 1; ; attempts++) {
      Optional<Duration> pause;
      try {
        Response response = exchange(request.get());
        ResponseKind kind = ResponseKind.of(response.status(), Optional.empty());
        if (kind != ResponseKind.TRANSIENT && kind != ResponseKind.THROTTLED) {
          return response;
        }
        pause = policy.pauseAfter(response, attempts);
        if (pause.isEmpty()) {
          return response;
        }
      } catch (IOException broken) {
        pause = policy.pauseAfter(broken, attempts);
        if (pause.isEmpty()) {
          throw unreachable(doing, broken, attempts);
        }
      }
      pause(doing, pause.get());
    }
  }

  /// Sets the clock from the `Date` of an address, with a request that does not count against the
  /// budget. If it fails, the first call reports the problem.
  public void syncClock(URI address) {
    try {
      exchange(new HttpHead(address));
    } catch (IOException unreachable) {
      LOG.debug("{} did not return the time: {}", address, unreachable.toString());
    }
  }

  /// If a body is longer than its headers said, the rest is still in the connection and would be
  /// taken for the next response.
  void dropConnections() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  HttpLimits limits() {
    return limits;
  }

  /// Waits before a retry; throws (exit 75) if the run is asked to stop in the meantime.
  void pause(String doing, Duration time) {
    if (!policy.pause().sleep(time)) {
      throw Failure.tryAgain(
          doing,
          "the run was asked to stop",
          "run the same command again: what was committed stays",
          clock.now());
    }
  }

  /// Decides which failed attempts are retried.
  RetryPolicy policy() {
    return policy;
  }

  /// The failure of a call that got no complete response (exit 69).
  Failure unreachable(String doing, IOException broken, int attempts) {
    return ConnectionFailure.of(doing, broken, attempts, limits);
  }

  /// Why an attempt got no complete response, in a few words.
  String reason(IOException broken) {
    return ErrorText.line(ConnectionFailure.reason(broken, limits));
  }

  /// Sends a request and reads its response.
  ///
  /// @throws IOException if no complete response arrived
  Response exchange(HttpUriRequestBase request) throws IOException {
    List<String> secrets = RequestSecrets.of(request);
    Future<?> deadline =
        timer.schedule(request::cancel, limits.total().toMillis(), TimeUnit.MILLISECONDS);
    try {
      Response response = client.execute(request, received -> read(received, secrets));
      clock.observe(response.date());
      return response;
    } catch (BodyTooLarge tooLarge) {
      clock.observe(tooLarge.truncated.date());
      return tooLarge.truncated;
    } catch (IOException broken) {
      throw request.isCancelled() ? new ConnectionFailure.SlowResponse(broken) : broken;
    } finally {
      deadline.cancel(false);
    }
  }

  private Response read(ClassicHttpResponse received, List<String> secrets) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : received.getHeaders()) {
      headers.merge(header.getName(), header.getValue(), (one, other) -> one + ", " + other);
    }
    int status = received.getCode();
    int limit = status < 400 ? limits.bytes() : Math.min(limits.bytes(), KEPT_BYTES);
    byte[] body = body(received.getEntity(), limit);
    Instant date = date(headers.get("Date"));
    if (body.length > limit) {
      byte[] beginning = Arrays.copyOf(body, Math.min(limit, KEPT_BYTES));
      throw new BodyTooLarge(
          new Response(
              status, headers, beginning, false, date, message(status, beginning, secrets)));
    }
    return new Response(status, headers, body, true, date, message(status, body, secrets));
  }

  private static byte[] body(@Nullable HttpEntity entity, int limit) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream in = entity.getContent(); // not closed here: closing would read the rest
    return in.readNBytes(limit + 1);
  }

  private static String message(int status, byte[] body, List<String> secrets) {
    return status < 400 ? "" : ErrorText.of(body, secrets);
  }

  /// The `Date` of a response, or the last known time if it has none that can be parsed.
  private Instant date(@Nullable String header) {
    Instant date = header == null ? null : DateUtils.parseStandardDate(header);
    return date == null ? clock.now() : date;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      client.close();
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
  }

  /// One response.
  ///
  /// @param headers by name, in any letter case
  /// @param body after decompression
  /// @param whole false if the body exceeded its limit and is truncated
  /// @param date the source's time
  /// @param message the message of an error, on one line; empty if it is not an error
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Response(
      int status,
      Map<String, String> headers,
      byte[] body,
      boolean whole,
      Instant date,
      String message) {

    /// The body as a tree. Only for responses that carry no records: a large one is refused,
    /// because its tree could take all memory.
    ///
    /// @throws IOException if it is not valid JSON
    public JsonNode json() throws IOException {
      if (body.length > KEPT_BYTES) {
        throw new IOException("it has %d bytes".formatted(body.length));
      }
      return Json.MAPPER.readTree(body);
    }

    /// How long the source asks the client to wait; empty if it does not say.
    Optional<Duration> retryAfter() {
      return RetryAfter.of(headers, date);
    }
  }

  /// Thrown to leave the rest of a body unread; the connection is then closed.
  private static final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Response truncated;

    BodyTooLarge(Response truncated) {
      super("the body is too large");
      this.truncated = truncated;
    }
  }
}
