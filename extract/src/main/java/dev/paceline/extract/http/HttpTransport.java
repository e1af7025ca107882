package dev.paceline.extract.http;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Failure;
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

/// Sends requests and reads their answers, within limits of time and size. Knows nothing of
/// budgets, and decides nothing: what an answer means and whether it is worth another try is said
/// elsewhere.
public final class HttpTransport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

  /// As much of a body that is too large as is kept.
  private static final int BEGINNING = 64 << 10;

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

  /// The transport of a command: through the proxy that its surroundings name, with the
  /// certificates of the setting `ca_file` trusted besides the JDK's.
  public static HttpTransport open(
      Environment environment, Settings settings, RetryPolicy policy, ApiClock clock) {
    return new HttpTransport(Network.of(environment, settings), HttpLimits.STANDARD, policy, clock);
  }

  /// Sends a request that must not be carried out twice.
  ///
  /// @param doing what it is for, in messages
  public Response sendOnce(String doing, Supplier<HttpUriRequestBase> request) {
    try {
      return exchange(request.get());
    } catch (IOException broken) {
      throw unreachable(doing, broken, 1);
    }
  }

  /// Sends a request that may be carried out twice, as often as it is worth another try.
  ///
  /// @param doing what it is for, in messages
  /// @param request makes the request of each try
  /// @return the last answer, whatever its status
  public Response send(String doing, Supplier<HttpUriRequestBase> request) {
    for (int tried = 1; ; tried++) {
      Optional<Duration> pause;
      try {
        Response response = exchange(request.get());
        ResponseKind verdict = ResponseKind.of(response.status(), Optional.empty());
        if (verdict != ResponseKind.TRANSIENT && verdict != ResponseKind.THROTTLED) {
          return response;
        }
        pause = policy.pauseAfter(response, tried);
        if (pause.isEmpty()) {
          return response;
        }
      } catch (IOException broken) {
        pause = policy.pauseAfter(broken, tried);
        if (pause.isEmpty()) {
          throw unreachable(doing, broken, tried);
        }
      }
      pause(doing, pause.get());
    }
  }

  /// Asks an address for the source's time, with a request that counts for nobody. Where it does
  /// not answer, the first call will say so.
  public void syncClock(URI address) {
    try {
      exchange(new HttpHead(address));
    } catch (IOException away) {
      LOG.debug("{} does not tell the time: {}", address, away.toString());
    }
  }

  /// A body that is not what its headers said leaves its rest in the connection, where it would
  /// pass for the next answer.
  void dropConnections() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  HttpLimits limits() {
    return limits;
  }

  /// Waits before another try; throws (exit 75) where the run is asked to end meanwhile.
  void pause(String doing, Duration time) {
    if (!policy.pause().take(time)) {
      throw Failure.tryAgain(
          doing,
          "the run was asked to stop",
          "run the same command again: what was committed stays",
          clock.now());
    }
  }

  /// Which tries are worth another.
  RetryPolicy policy() {
    return policy;
  }

  /// A call that got no whole answer (exit 69).
  Failure unreachable(String doing, IOException broken, int tried) {
    return ConnectionFailure.of(doing, broken, tried, limits);
  }

  /// Why a try got no whole answer, in a few words.
  String reason(IOException broken) {
    return ErrorText.line(ConnectionFailure.reason(broken, limits));
  }

  /// Sends a request and reads its answer.
  ///
  /// @throws IOException where no whole answer came
  Response exchange(HttpUriRequestBase request) throws IOException {
    List<String> secrets = RequestSecrets.of(request);
    Future<?> deadline =
        timer.schedule(request::cancel, limits.total().toMillis(), TimeUnit.MILLISECONDS);
    try {
      Response response = client.execute(request, answer -> read(answer, secrets));
      clock.observe(response.date());
      return response;
    } catch (TooLarge cut) {
      clock.observe(cut.beginning.date());
      return cut.beginning;
    } catch (IOException broken) {
      throw request.isCancelled() ? new ConnectionFailure.SlowResponse(broken) : broken;
    } finally {
      deadline.cancel(false);
    }
  }

  private Response read(ClassicHttpResponse answer, List<String> secrets) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : answer.getHeaders()) {
      headers.merge(header.getName(), header.getValue(), (one, other) -> one + ", " + other);
    }
    byte[] body = body(answer.getEntity());
    int status = answer.getCode();
    Instant date = date(headers.get("Date"));
    if (body.length > limits.bytes()) {
      byte[] beginning = Arrays.copyOf(body, Math.min(limits.bytes(), BEGINNING));
      throw new TooLarge(
          new Response(
              status, headers, beginning, false, date, message(status, beginning, secrets)));
    }
    return new Response(status, headers, body, true, date, message(status, body, secrets));
  }

  private byte[] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream in = entity.getContent(); // not closed here: that would read the rest
    return in.readNBytes(limits.bytes() + 1);
  }

  private static String message(int status, byte[] body, List<String> secrets) {
    return status < 400 ? "" : ErrorText.of(body, secrets);
  }

  /// Without a `Date` that can be read, an answer tells nothing new of the time.
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

  /// One answer.
  ///
  /// @param headers by name, in any letter case
  /// @param body inflated
  /// @param whole false where the body is larger than is read: then it is its beginning
  /// @param date by the source's clock
  /// @param message what an error says of itself, on a line; empty where it is none
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Response(
      int status,
      Map<String, String> headers,
      byte[] body,
      boolean whole,
      Instant date,
      String message) {

    /// How long the source asks to be left alone; empty where it does not say.
    Optional<Duration> retryAfter() {
      return RetryAfter.of(headers, date);
    }
  }

  /// Thrown to leave the rest of a body unread: its connection is closed.
  private static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Response beginning;

    TooLarge(Response beginning) {
      super("the body is too large");
      this.beginning = beginning;
    }
  }
}
