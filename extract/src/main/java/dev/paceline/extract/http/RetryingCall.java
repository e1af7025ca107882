package dev.paceline.extract.http;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Redacted;
import dev.paceline.extract.api.ErrorRule;
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

/// One call, from its first attempt to its final response, with retries, redirects and a renewed
/// token. Each request counts against the budget.
final class RetryingCall<T> {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingCall.class);

  private static final int MAX_REDIRECTS = 5;

  private final ApiClient client;
  private final HttpTransport transport;
  private final RateGate gate;
  private final Call call;
  private final BodyReader<T> reader;
  private final String doing;

  private URI uri;
  private int failedAttempts;
  private int redirects;
  private boolean reauthenticated;
  private boolean deniedBefore;

  RetryingCall(ApiClient client, Call call, BodyReader<T> reader) {
    this.client = client;
    this.transport = client.transport();
    this.gate = client.gate();
    this.call = call;
    this.reader = reader;
    this.uri = client.address(call);
    // A link from the source may contain anything; our own addresses contain no secret.
    this.doing =
        "Calling GET " + (call.link().isPresent() ? Redacted.address(uri.toString()) : uri);
  }

  ApiResponse<T> run() {
    Optional<ApiResponse<T>> response = attempt();
    while (response.isEmpty()) {
      response = attempt();
    }
    return response.get();
  }

  /// One attempt; empty if another one is needed.
  private Optional<ApiResponse<T>> attempt() {
    gate.ensureOpen(doing);
    HttpGet request = request();
    gate.ensureOpen(doing); // a check of the token may have taken the last call
    client.count(call.endpoint());
    Received<T> received;
    long started = System.nanoTime();
    try {
      received = transport.exchange(request, reader);
    } catch (IOException broken) {
      LOG.debug("{}: {} after {} ms", doing, transport.reason(broken), millisSince(started));
      failedAttempts++;
      pause(
          transport
              .policy()
              .pauseAfter(broken, failedAttempts)
              .orElseThrow(() -> transport.unreachable(doing, broken, failedAttempts)));
      return Optional.empty();
    }
    Response response = received.response();
    LOG.debug(
        "{}: {}, {} bytes, {} ms", doing, response.status(), response.size(), millisSince(started));
    gate.observe(response.headers(), response.date());
    return switch (received) {
      case Received.Read<T>(Response read, T value) -> {
        client.trustToken();
        yield Optional.of(new ApiResponse.Found<>(value, read.headers(), read.date()));
      }
      case Received.Unreadable<T>(Response beginning, String reason) ->
          pauseForRetry(beginning)
              ? Optional.empty()
              : Optional.of(refusedResponse(beginning, reason));
      case Received.TooLarge<T>(Response beginning, String reason) ->
          Optional.of(refusedResponse(beginning, reason));
      case Received.Unread<T>(Response other) -> interpret(other);
    };
  }

  /// Decides about a response that is not a 200.
  private Optional<ApiResponse<T>> interpret(Response response) {
    Optional<ErrorRule> rule = rule(response);
    return switch (ResponseKind.of(response.status(), rule)) {
      case FOUND -> throw new IllegalStateException("the body of a 200 has been read by now");
      case NOT_FOUND -> Optional.of(new ApiResponse.NotFound<>(response.date()));
      case REDIRECT -> redirect(response);
      case UNAUTHORIZED -> unauthorized(response);
      case DENIED -> Optional.of(denied(response, rule, false));
      case SCOPE_MISSING -> Optional.of(denied(response, rule, true));
      case ACCOUNT_REFUSED -> throw accountRefused(response, rule);
      case APPLICATION_REFUSED ->
          throw gate.close(refused(response, remedy(rule, "try again later")));
      case THROTTLED -> throttled(response);
      case TRANSIENT -> transientError(response);
      case REFUSED -> Optional.of(refusedResponse(response, what(response)));
    };
  }

  private Optional<ApiResponse<T>> redirect(Response response) {
    Optional<URI> target =
        Optional.ofNullable(response.headers().get(HttpHeaders.LOCATION))
            .flatMap(location -> ApiClient.resolve(uri, location));
    if (target.isEmpty()) {
      throw redirectFailure(
          "it redirects without a valid Location (%d)".formatted(response.status()));
    }
    client.ensureSameOrigin(doing, "it redirects to ", target.get());
    redirects++;
    if (redirects > MAX_REDIRECTS) {
      throw redirectFailure("it redirects more than %d times".formatted(MAX_REDIRECTS));
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
      return Optional.of(denied(response, Optional.empty(), false));
    }
    if (client.isTokenProven()) {
      return repeatsDenial(response)
          ? Optional.of(denied(response, Optional.empty(), false))
          : Optional.empty();
    }
    reauthenticated = true;
    authenticator.get().refused(doing, response.message());
    return Optional.empty();
  }

  /// Whether the source denies the object, and not just this once: the token works for others.
  private boolean repeatsDenial(Response response) {
    boolean repeated = deniedBefore || !pauseForRetry(response);
    deniedBefore = true;
    return repeated;
  }

  private ApiResponse<T> denied(Response response, Optional<ErrorRule> rule, boolean lacksScope) {
    return new ApiResponse.Denied<>(
        response.status(),
        what(response),
        response.body(),
        response.date(),
        lacksScope,
        accountRefused(response, rule));
  }

  private Optional<ApiResponse<T>> throttled(Response response) {
    if (response.retryAfter().isPresent() && pauseForRetry(response)) {
      return Optional.empty();
    }
    // Without a Retry-After the refused call counts against the budget, and so would a retry.
    Failure spent = gate.spent(doing, what(response));
    throw retryAt(response)
        .filter(requested -> spent.resumeAt().map(requested::isAfter).orElse(true))
        .map(requested -> tryLater(response, requested))
        .orElse(spent);
  }

  private Optional<ApiResponse<T>> transientError(Response response) {
    Optional<Duration> requested = response.retryAfter();
    if (requested.isPresent() && transport.policy().isTooLong(requested.get())) {
      throw tryLater(response, response.date().plus(requested.get()));
    }
    return pauseForRetry(response)
        ? Optional.empty()
        : Optional.of(refusedResponse(response, what(response)));
  }

  /// Returns whether to retry, after the pause that a retry needs.
  private boolean pauseForRetry(Response response) {
    failedAttempts++;
    Optional<Duration> pause = transport.policy().pauseAfter(response, failedAttempts);
    pause.ifPresent(this::pause);
    return pause.isPresent();
  }

  /// If the budget is spent, the run ends before the pause rather than after it.
  private void pause(Duration pause) {
    gate.ensureOpen(doing);
    LOG.debug("{}: retrying in {} ms", doing, pause.toMillis());
    transport.pause(doing, pause);
  }

  private static Optional<Instant> retryAt(Response response) {
    return response.retryAfter().map(response.date()::plus);
  }

  private Failure tryLater(Response response, Instant resume) {
    return Failure.tryAgain(
        doing,
        what(response),
        "run the same command again at %s or later".formatted(resume),
        resume);
  }

  private Failure accountRefused(Response response, Optional<ErrorRule> rule) {
    String remedy = remedy(rule, "check the account's scopes and the application's status");
    return refused(
        response,
        client
            .authenticator()
            .flatMap(RequestAuthenticator::reauthorizeCommand)
            .map(command -> "%s; to authorize it again, run: %s".formatted(remedy, command))
            .orElse(remedy));
  }

  private Failure refused(Response response, String remedy) {
    return new Failure(Exit.REFUSED, doing, what(response), remedy);
  }

  private static String remedy(Optional<ErrorRule> rule, String fallback) {
    return rule.flatMap(ErrorRule::remedyText).orElse(fallback);
  }

  private static String what(Response response) {
    return "the source returned %d %s".formatted(response.status(), response.message()).strip();
  }

  private static <T> ApiResponse<T> refusedResponse(Response response, String reason) {
    return new ApiResponse.Refused<>(response.status(), reason, response.body(), response.date());
  }

  private Optional<ErrorRule> rule(Response response) {
    if (response.status() < 400) {
      return Optional.empty();
    }
    String body = new String(response.body(), StandardCharsets.UTF_8);
    return client.rules().stream()
        .filter(rule -> rule.matches(response.status(), body))
        .findFirst();
  }

  private HttpGet request() {
    HttpGet get = new HttpGet(uri);
    get.setHeader(HttpHeaders.ACCEPT, "application/json");
    client.header().ifPresent(signed -> get.setHeader(signed.name(), signed.value()));
    return get;
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
