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

/// Consent by hand, for a machine without a browser. The user opens the address on another machine,
/// whose browser is redirected to a page that it cannot load, and pastes the address of that page.
public final class ManualFlow implements ConsentFlow {

  private static final Logger LOG = LoggerFactory.getLogger(ManualFlow.class);
  private static final Pattern CODE = Pattern.compile("[\\w.~/+=-]{4,1000}");

  private final InputStream input;
  private final URI redirectUri;

  /// Reads a line of input.
  ///
  /// @param port part of the redirect address; nothing listens on it
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
        "Open this address in a browser, and give your consent:\n\n  {}\n\nThe browser then fails to"
            + " load a page on localhost. Paste the address of that page here:",
        request.address());
    CompletableFuture<String> line = new CompletableFuture<>();
    // Reading standard input cannot be interrupted; a daemon thread does not keep the process
    // alive.
    Thread.ofPlatform().daemon().name("standard-input").start(() -> readInto(line));
    try {
      return Optional.of(parse(line.get(timeout.toMillis(), TimeUnit.MILLISECONDS).strip()));
    } catch (TimeoutException expired) {
      return Optional.empty();
    } catch (ExecutionException unreadable) {
      throw unusable("standard input cannot be read");
    } catch (InterruptedException interrupted) {
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
    throw unusable(line.isEmpty() ? "it is empty" : "it contains no code");
  }

  private static Failure unusable(String what) {
    return new Failure(
        Exit.USAGE,
        "Reading the pasted address",
        what,
        "paste the whole address, starting with http://localhost, or the code alone");
  }

  /// The user looks at the terminal anyway.
  @Override
  public void showResult(ResultPage page) {}

  @Override
  public void close() {}
}
