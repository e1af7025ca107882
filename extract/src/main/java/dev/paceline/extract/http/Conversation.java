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
final class Conversation<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private static final int MOST_REDIRECTS = 5;

  private final ApiClient client;
  private final HttpTransport transport;
  private final Gate gate;
  private final Call call;
  private final BodyReader<T> reader;
  private final String doing;

  private URI uri;
  private int failed;
  private int redirects;
  private boolean signedAgain;

  Conversation(ApiClient client, Call call, BodyReader<T> reader) {
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

  Answer<T> run() {
    Optional<Answer<T>> answer = attempt();
    while (answer.isEmpty()) {
      answer = attempt();
    }
    return answer.get();
  }

  /// One try; empty where another is to be made.
  private Optional<Answer<T>> attempt() {
    gate.ensureOpen(doing);
    HttpGet request = request();
    client.count(call.endpoint());
    Response response;
    long started = System.nanoTime();
    try {
      response = transport.exchange(request);
    } catch (IOException broken) {
      LOG.debug("{}: {} after {} ms", doing, transport.why(broken), millisSince(started));
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
    return judge(response);
  }

  private Optional<Answer<T>> judge(Response response) {
    Optional<ErrorRule> rule = rule(response);
    return switch (Verdict.of(response.status(), rule)) {
      case FOUND -> found(response);
      case ABSENT -> Optional.of(new Answer.MissingObject<>(response.date()));
      case MOVED -> moved(response);
      case UNSIGNED -> unsigned(response);
      case SCOPE_MISSING -> throw new ScopeMissing(accountRefused(response, rule));
      case ACCOUNT_REFUSED -> throw accountRefused(response, rule);
      case APPLICATION_REFUSED ->
          throw gate.close(refused(response, remedy(rule, "try again later")));
      case THROTTLED -> throttled(response);
      case STUMBLED -> stumbled(response);
      case REFUSED -> Optional.of(stays(response, what(response)));
    };
  }

  private Optional<Answer<T>> found(Response response) {
    if (!response.whole()) {
      return Optional.of(
          stays(
              response, "its body is larger than %d bytes".formatted(transport.limits().bytes())));
    }
    try {
      T value = reader.read(response.body());
      return Optional.of(new Answer.Found<>(value, response.headers(), response.date()));
    } catch (IOException malformed) {
      transport.dropConnections();
      String why = ErrorText.line(String.valueOf(malformed.getMessage()));
      return again(response)
          ? Optional.empty()
          : Optional.of(stays(response, "its body cannot be read: " + why));
    }
  }

  private Optional<Answer<T>> moved(Response response) {
    Optional<URI> target =
        Optional.ofNullable(response.headers().get(HttpHeaders.LOCATION))
            .flatMap(location -> ApiClient.resolve(uri, location));
    if (target.isEmpty()) {
      throw misdirected("it redirects to nowhere (%d)".formatted(response.status()));
    }
    client.ensureOurs(doing, "it redirects to ", target.get());
    redirects++;
    if (redirects > MOST_REDIRECTS) {
      throw misdirected("it redirects more than %d times".formatted(MOST_REDIRECTS));
    }
    uri = target.get();
    return Optional.empty();
  }

  private Failure misdirected(String what) {
    return new Failure(Exit.CONFIGURATION, doing, what, "correct --api-url");
  }

  private Optional<Answer<T>> unsigned(Response response) {
    Optional<Signature> signature = client.signature();
    if (signedAgain || signature.isEmpty()) {
      throw accountRefused(response, Optional.empty());
    }
    signedAgain = true;
    signature.get().refused(doing, response.message());
    return Optional.empty();
  }

  private Optional<Answer<T>> throttled(Response response) {
    if (response.retryAfter().isPresent() && again(response)) {
      return Optional.empty();
    }
    // Without a Retry-After the refused call counted, and so would the next.
    Failure spent = gate.spent(doing, what(response));
    throw askedUntil(response)
        .filter(asked -> spent.resumeAt().map(asked::isAfter).orElse(true))
        .map(asked -> later(response, asked))
        .orElse(spent);
  }

  private Optional<Answer<T>> stumbled(Response response) {
    Optional<Duration> asked = response.retryAfter();
    if (asked.isPresent() && transport.policy().isTooLong(asked.get())) {
      throw later(response, response.date().plus(asked.get()));
    }
    return again(response) ? Optional.empty() : Optional.of(stays(response, what(response)));
  }

  /// Whether another try is worth it; if so, its time has come.
  private boolean again(Response response) {
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

  private Failure later(Response response, Instant resume) {
    return Failure.tryAgain(
        doing, what(response), "run the same command again from %s on".formatted(resume), resume);
  }

  private Failure accountRefused(Response response, Optional<ErrorRule> rule) {
    String remedy = remedy(rule, "check the account's scopes and the application's standing");
    return refused(
        response,
        client
            .signature()
            .flatMap(Signature::renewal)
            .map(line -> "%s; to authorize it anew, type: %s".formatted(remedy, line))
            .orElse(remedy));
  }

  private Failure refused(Response response, String remedy) {
    return new Failure(Exit.REFUSED, doing, what(response), remedy);
  }

  private static String remedy(Optional<ErrorRule> rule, String otherwise) {
    return rule.flatMap(ErrorRule::whatToDo).orElse(otherwise);
  }

  private static String what(Response response) {
    return "the source answered %d %s".formatted(response.status(), response.message()).strip();
  }

  private static <T> Answer<T> stays(Response response, String reason) {
    return new Answer.Refused<>(response.status(), reason, response.body(), response.date());
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
        .signature()
        .map(Signature::header)
        .ifPresent(signed -> get.setHeader(signed.name(), signed.value()));
    return get;
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
