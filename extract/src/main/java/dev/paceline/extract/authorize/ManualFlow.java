package dev.paceline.extract.authorize;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By hand, for a machine without a browser: the address is opened on another one, which cannot
/// load the page that it is sent to; that page's address is pasted here.
public final class ManualFlow implements ConsentFlow {

  private static final Logger LOG = LoggerFactory.getLogger(ManualFlow.class);
  private static final Pattern CODE = Pattern.compile("[\\w.~/+=-]{4,1000}");

  private final InputStream input;
  private final URI redirectUri;

  /// Reads a line.
  ///
  /// @param port what the source is told; nobody listens there
  public ManualFlow(InputStream input, int port) {
    this.input = input;
    this.redirectUri =
        URI.create("http://localhost%s/callback".formatted(port == 0 ? "" : ":" + port));
  }

  @Override
  public URI redirectUri() {
    return redirectUri;
  }

  @Override
  public Optional<Redirect> ask(ConsentRequest request, Duration timeout) {
    LOG.info(
        "Open this address in a browser, and consent there:\n\n  {}\n\nThe browser then fails to load"
            + " a page of localhost. Paste the address of that page here:",
        request.address());
    CompletableFuture<String> line = new CompletableFuture<>();
    // A read of standard input cannot be broken off; a daemon does not keep the process.
    Thread.ofPlatform().daemon().name("standard-input").start(() -> readInto(line));
    try {
      return Optional.of(parse(line.get(timeout.toMillis(), TimeUnit.MILLISECONDS).strip()));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (ExecutionException unreadable) {
      throw nothing("standard input cannot be read");
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void readInto(CompletableFuture<String> line) {
    try {
      String read =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
      line.complete(read == null ? "" : read);
    } catch (IOException unreadable) {
      line.completeExceptionally(unreadable);
    }
  }

  private static Redirect parse(String line) {
    int query = line.indexOf('?');
    if (query >= 0) {
      Redirect redirect = Redirect.ofQuery(line.substring(query + 1).replaceFirst("#.*", ""));
      if (redirect.isResponse()) {
        return redirect;
      }
    } else if (CODE.matcher(line).matches()) {
      return Redirect.ofCode(line);
    }
    throw nothing(line.isEmpty() ? "it is empty" : "it holds no code");
  }

  private static Failure nothing(String what) {
    return new Failure(
        Exit.USAGE,
        "Reading the pasted address",
        what,
        "paste all of it, from http://localhost to its end, or the code alone");
  }

  /// The terminal is where the person looks anyway.
  @Override
  public void showResult(ResultPage page) {}

  @Override
  public void close() {}
}
