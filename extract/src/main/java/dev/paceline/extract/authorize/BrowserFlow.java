package dev.paceline.extract.authorize;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Consent in a browser on this machine, which the source redirects to a small server on loopback.
public final class BrowserFlow implements ConsentFlow {

  private static final Logger LOG = LoggerFactory.getLogger(BrowserFlow.class);
  private static final String PATH = "/callback";
  private static final int SECONDS_FOR_LAST_PAGE = 5;

  private final Browser browser;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable ConsentRequest request;
  private final CompletableFuture<Redirect> arrived = new CompletableFuture<>();
  private final CompletableFuture<ResultPage> outcome = new CompletableFuture<>();

  private BrowserFlow(Browser browser, HttpServer server) {
    this.browser = browser;
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Starts to listen.
  ///
  /// @param port 0 for any free port
  public static BrowserFlow listen(Browser browser, int port) {
    try {
      InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      return new BrowserFlow(browser, HttpServer.create(loopback, 0));
    } catch (IOException unavailable) {
      throw new Failure(
          Exit.USAGE,
          "Listening on port %d of 127.0.0.1".formatted(port),
          String.valueOf(unavailable.getMessage()),
          "give another --port, or leave it out to use any free port",
          unavailable);
    }
  }

  /// By name: Strava accepts the callback domain `localhost` with any port.
  @Override
  public URI redirectUri() {
    return URI.create("http://localhost:%d%s".formatted(server.getAddress().getPort(), PATH));
  }

  @Override
  public Optional<Redirect> ask(ConsentRequest request, Duration timeout) {
    this.request = request;
    URI address = request.address();
    LOG.info("Give your consent in the browser. If it does not open, go to:\n\n  {}\n", address);
    browser.open(address);
    try {
      return Optional.of(arrived.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException expired) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("A redirect never arrives as a failure.", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void showResult(ResultPage page) {
    outcome.complete(page);
  }

  /// Waits until the browser has received its page.
  @Override
  public void close() {
    outcome.complete(ResultPage.TRY_AGAIN);
    server.stop(SECONDS_FOR_LAST_PAGE);
    threads.close();
  }

  /// The first response to the request waits for the outcome of the authorization. A response to
  /// another request, from an older page or a forged link, is ignored. A browser also requests an
  /// icon.
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI address = exchange.getRequestURI();
      Redirect redirect = Redirect.ofQuery(Objects.requireNonNullElse(address.getRawQuery(), ""));
      if (!address.getPath().equals(PATH) || !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (redirect.isResponse() && !isExpected(redirect)) {
        LOG.warn(
            "A response belongs to another request (its state is not the one that was sent):"
                + " close older consent pages. Still waiting.");
        show(exchange, ResultPage.TRY_AGAIN);
      } else if (redirect.isResponse() && arrived.complete(redirect)) {
        show(exchange, outcome.join());
      } else {
        show(exchange, ResultPage.TRY_AGAIN);
      }
    }
  }

  private boolean isExpected(Redirect redirect) {
    ConsentRequest expected = request;
    return expected != null && expected.matchesState(redirect.state().orElse(""));
  }

  private static void show(HttpExchange exchange, ResultPage page) throws IOException {
    byte[] html = page.html();
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    exchange
        .getResponseHeaders()
        .set("Referrer-Policy", "no-referrer"); // its address contains the code
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(page.status(), html.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(html);
    }
  }
}
