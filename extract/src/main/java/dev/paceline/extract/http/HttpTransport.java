package dev.paceline.extract.http;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests and reads their responses, within limits of time and size. It knows nothing of
/// budgets, and leaves the meaning of a response to its callers.
public final class HttpTransport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

  private final HttpLimits limits;
  private final RetryPolicy policy;
  private final Pause pause;
  private final ApiClock clock;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("call-deadlines").daemon().factory());

  HttpTransport(
      Network network, HttpLimits limits, RetryPolicy policy, Pause pause, ApiClock clock) {
    this.limits = limits;
    this.policy = policy;
    this.pause = pause;
    this.clock = clock;
    this.connections = network.connections(limits);
    this.client = network.client(connections, limits);
    timer.setRemoveOnCancelPolicy(true);
  }

  /// The transport of a command: it uses the proxy that the environment names, and trusts the
  /// certificates of the setting `ca_file` as well as the JDK's.
  ///
  /// @param pause sleeps between two attempts
  public static HttpTransport open(
      Environment environment, Settings settings, RetryPolicy policy, Pause pause, ApiClock clock) {
    return new HttpTransport(
        Network.of(environment, settings), HttpLimits.STANDARD, policy, pause, clock);
  }

  /// Sends a request that must not be repeated. It goes over a new connection: over one that the
  /// server has closed in the meantime it would never arrive, and nobody would know that.
  ///
  /// @param doing describes the request in messages
  public Response sendOnce(String doing, Supplier<HttpUriRequestBase> request) {
    dropIdleConnections();
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
      Optional<Duration> delay;
      try {
        Response response = exchange(request.get());
        ResponseKind kind = ResponseKind.of(response.status(), Optional.empty());
        if (kind != ResponseKind.TRANSIENT && kind != ResponseKind.THROTTLED) {
          return response;
        }
        delay = policy.pauseAfter(response, attempts);
        if (delay.isEmpty()) {
          return response;
        }
      } catch (IOException broken) {
        delay = policy.pauseAfter(broken, attempts);
        if (delay.isEmpty()) {
          throw unreachable(doing, broken, attempts);
        }
      }
      pause(doing, delay.get());
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

  /// Waits before a retry; throws (exit 75) if the run is asked to stop in the meantime.
  void pause(String doing, Duration time) {
    if (!pause.sleep(time)) {
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

  /// Sends a request, and keeps the beginning of its response.
  ///
  /// @throws IOException if no response arrived, or its beginning is incomplete
  Response exchange(HttpUriRequestBase request) throws IOException {
    return execute(request, Exchange::response);
  }

  /// Sends a request; if its response is a 200, the body is read while it arrives.
  ///
  /// @throws IOException if no complete response arrived
  <T> Received<T> exchange(HttpUriRequestBase request, BodyReader<T> reader) throws IOException {
    Received<T> received = execute(request, exchange -> exchange.receive(reader));
    if (received instanceof Received.Unreadable<T>) {
      // If a body is longer than its headers said, the rest is still in the connection and would
      // be taken for the next response.
      dropIdleConnections();
    }
    return received;
  }

  private void dropIdleConnections() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  private <R> R execute(HttpUriRequestBase request, Handler<R> handler) throws IOException {
    List<String> secrets = RequestSecrets.of(request);
    Future<?> deadline =
        timer.schedule(request::cancel, limits.total().toMillis(), TimeUnit.MILLISECONDS);
    try {
      CloseableHttpResponse received =
          CloseableHttpResponse.adapt(client.executeOpen(null, request, null));
      // A complete response has given its connection back by then; any other is not read further,
      // however much of it is still to come.
      try (Closeable _ = () -> received.close(CloseMode.IMMEDIATE)) {
        Exchange exchange = new Exchange(received, limits.bytes(), clock.now(), secrets);
        R result = handler.handle(exchange);
        clock.observe(exchange.date());
        return result;
      }
    } catch (IOException broken) {
      throw request.isCancelled() ? new ConnectionFailure.SlowResponse(broken) : broken;
    } finally {
      deadline.cancel(false);
    }
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

  /// Handles a response while it arrives.
  @FunctionalInterface
  private interface Handler<R> {
    R handle(Exchange exchange) throws IOException;
  }
}
