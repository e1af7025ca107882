package dev.paceline.extract.http;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Redacted;
import dev.paceline.extract.api.ErrorRule;
import dev.paceline.extract.http.HttpTransport.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call, from its first try to the answer that stands: tries, redirects, a renewed token. Each
/// request counts as a call of the budget.
final class RetryingCall<T> {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingCall.class);

  private static final int MOST_REDIRECTS = 5;

  private final ApiClient client;
  private final HttpTransport transport;
  private final RateGate gate;
  private final Call call;
  private final BodyReader<T> reader;
  private final String doing;

  private URI uri;
  private int failed;
  private int redirects;
  private boolean reauthenticated;

  RetryingCall(ApiClient client, Call call, BodyReader<T> reader) {
    this.client = client;
    this.transport = client.transport();
    this.gate = client.gate();
    this.call = call;
    this.reader = reader;
    this.uri = client.address(call);
    // What a source says of where to go next may hold anything; what we ask for holds no secret.
    this.doing =
        "Calling GET " + (call.link().isPresent() ? Redacted.address(uri.toString()) : uri);
  }

  ApiResponse<T> run() {
    Optional<ApiResponse<T>> answer = attempt();
    while (answer.isEmpty()) {
      answer = attempt();
    }
    return answer.get();
  }

  /// One try; empty where another is to be made.
  private Optional<ApiResponse<T>> attempt() {
    gate.ensureOpen(doing);
    HttpGet request = request();
    client.count(call.endpoint());
    Response response;
    long started = System.nanoTime();
    try {
      response = transport.exchange(request);
    } catch (IOException broken) {
      LOG.debug("{}: {} after {} ms", doing, transport.reason(broken), millisSince(started));
      failed++;
      pause(
          transport
              .policy()
              .pauseAfter(broken, failed)
              .orElseThrow(() -> transport.unreachable(doing, broken, failed)));
      return Optional.empty();
    }
    LOG.debug(
        "{}: {}, {} bytes, {} ms",
        doing,
        response.status(),
        response.body().length,
        millisSince(started));
    gate.observe(response.headers(), response.date());
    return interpret(response);
  }

  private Optional<ApiResponse<T>> interpret(Response response) {
    Optional<ErrorRule> rule = rule(response);
    return switch (ResponseKind.of(response.status(), rule)) {
      case FOUND -> found(response);
      case NOT_FOUND -> Optional.of(new ApiResponse.NotFound<>(response.date()));
      case REDIRECT -> redirect(response);
      case UNAUTHORIZED -> unauthorized(response);
      case SCOPE_MISSING -> throw new ScopeMissing(accountRefused(response, rule));
      case ACCOUNT_REFUSED -> throw accountRefused(response, rule);
      case APPLICATION_REFUSED ->
          throw gate.close(refused(response, remedy(rule, "try again later")));
      case THROTTLED -> throttled(response);
      case TRANSIENT -> transientError(response);
      case REFUSED -> Optional.of(refusedResponse(response, what(response)));
    };
  }

  private Optional<ApiResponse<T>> found(Response response) {
    if (!response.whole()) {
      return Optional.of(
          refusedResponse(
              response, "its body is larger than %d bytes".formatted(transport.limits().bytes())));
    }
    try {
      T value = reader.read(response.body());
      return Optional.of(new ApiResponse.Found<>(value, response.headers(), response.date()));
    } catch (IOException malformed) {
      transport.dropConnections();
      String why = ErrorText.line(String.valueOf(malformed.getMessage()));
      return pauseForRetry(response)
          ? Optional.empty()
          : Optional.of(refusedResponse(response, "its body cannot be read: " + why));
    }
  }

  private Optional<ApiResponse<T>> redirect(Response response) {
    Optional<URI> target =
        Optional.ofNullable(response.headers().get(HttpHeaders.LOCATION))
            .flatMap(location -> ApiClient.resolve(uri, location));
    if (target.isEmpty()) {
      throw redirectFailure("it redirects to nowhere (%d)".formatted(response.status()));
    }
    client.ensureSameOrigin(doing, "it redirects to ", target.get());
    redirects++;
    if (redirects > MOST_REDIRECTS) {
      throw redirectFailure("it redirects more than %d times".formatted(MOST_REDIRECTS));
    }
    uri = target.get();
    return Optional.empty();
  }

  private Failure redirectFailure(String what) {
    return new Failure(Exit.CONFIGURATION, doing, what, "correct --api-url");
  }

  private Optional<ApiResponse<T>> unauthorized(Response response) {
    Optional<RequestAuthenticator> authenticator = client.authenticator();
    if (reauthenticated || authenticator.isEmpty()) {
      throw accountRefused(response, Optional.empty());
    }
    reauthenticated = true;
    authenticator.get().refused(doing, response.message());
    return Optional.empty();
  }

  private Optional<ApiResponse<T>> throttled(Response response) {
    if (response.retryAfter().isPresent() && pauseForRetry(response)) {
      return Optional.empty();
    }
    // Without a Retry-After the refused call counted, and so would the next.
    Failure spent = gate.spent(doing, what(response));
    throw askedUntil(response)
        .filter(asked -> spent.resumeAt().map(asked::isAfter).orElse(true))
        .map(asked -> tryLater(response, asked))
        .orElse(spent);
  }

  private Optional<ApiResponse<T>> transientError(Response response) {
    Optional<Duration> asked = response.retryAfter();
    if (asked.isPresent() && transport.policy().isTooLong(asked.get())) {
      throw tryLater(response, response.date().plus(asked.get()));
    }
    return pauseForRetry(response)
        ? Optional.empty()
        : Optional.of(refusedResponse(response, what(response)));
  }

  /// Whether another try is worth it; if so, its time has come.
  private boolean pauseForRetry(Response response) {
    failed++;
    Optional<Duration> pause = transport.policy().pauseAfter(response, failed);
    pause.ifPresent(this::pause);
    return pause.isPresent();
  }

  /// A spent budget ends the run before the pause, not after it.
  private void pause(Duration pause) {
    gate.ensureOpen(doing);
    LOG.debug("{}: again in {} ms", doing, pause.toMillis());
    transport.pause(doing, pause);
  }

  private static Optional<Instant> askedUntil(Response response) {
    return response.retryAfter().map(response.date()::plus);
  }

  private Failure tryLater(Response response, Instant resume) {
    return Failure.tryAgain(
        doing, what(response), "run the same command again from %s on".formatted(resume), resume);
  }

  private Failure accountRefused(Response response, Optional<ErrorRule> rule) {
    String remedy = remedy(rule, "check the account's scopes and the application's standing");
    return refused(
        response,
        client
            .authenticator()
            .flatMap(RequestAuthenticator::reauthorizeCommand)
            .map(line -> "%s; to authorize it anew, type: %s".formatted(remedy, line))
            .orElse(remedy));
  }

  private Failure refused(Response response, String remedy) {
    return new Failure(Exit.REFUSED, doing, what(response), remedy);
  }

  private static String remedy(Optional<ErrorRule> rule, String otherwise) {
    return rule.flatMap(ErrorRule::remedyText).orElse(otherwise);
  }

  private static String what(Response response) {
    return "the source answered %d %s".formatted(response.status(), response.message()).strip();
  }

  private static <T> ApiResponse<T> refusedResponse(Response response, String reason) {
    return new ApiResponse.Refused<>(response.status(), reason, response.body(), response.date());
  }

  private Optional<ErrorRule> rule(Response response) {
    if (response.status() < 400) {
      return Optional.empty();
    }
    String body = new String(response.body(), StandardCharsets.UTF_8);
    return client.rules().stream().filter(rule -> rule.fits(response.status(), body)).findFirst();
  }

  private HttpGet request() {
    HttpGet get = new HttpGet(uri);
    get.setHeader(HttpHeaders.ACCEPT, "application/json");
    client
        .authenticator()
        .map(RequestAuthenticator::header)
        .ifPresent(signed -> get.setHeader(signed.name(), signed.value()));
    return get;
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
