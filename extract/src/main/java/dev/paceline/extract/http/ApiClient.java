package dev.paceline.extract.http;

import dev.paceline.extract.auth.Credentials;
import dev.paceline.extract.http.HttpTransport.Response;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.Masked;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.net.URIBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls a source's API within its budget, signed for one account.
public final class ApiClient {

  private static final Logger LOG = LoggerFactory.getLogger(ApiClient.class);

  private final HttpTransport transport;
  private final URI base;
  private final Budget budget;
  private final ApiClock clock;
  private final Optional<Credentials> credentials;
  private final Map<String, Long> calls = new TreeMap<>();

  /// A client of one account.
  ///
  /// @param base what paths are below
  /// @param budget shared by all accounts of the application
  public ApiClient(
      HttpTransport transport,
      URI base,
      Budget budget,
      ApiClock clock,
      Optional<Credentials> credentials) {
    this.transport = transport;
    this.base = base;
    this.budget = budget;
    this.clock = clock;
    this.credentials = credentials;
  }

  /// Gets a path below the base.
  ///
  /// @param endpoint the path as `api.yaml` has it, by which calls are counted
  public Answer get(String endpoint, String path, Map<String, String> query) {
    URI uri = uri(path, query);
    String doing = "Calling GET " + uri;
    Response response = send(doing, endpoint, uri);
    if (response.status() == 401 && credentials.isPresent()) {
      credentials.get().refused(doing, response.message());
      response = send(doing, endpoint, uri);
    }
    return switch (response.status()) {
      case 200 -> new Answer.Found(response.body(), response.date());
      case 404 -> new Answer.Missing(response.date());
      default -> throw refused(doing, response);
    };
  }

  /// The calls so far, by endpoint.
  public Map<String, Long> calls() {
    return calls;
  }

  public long totalCalls() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  private URI uri(String path, Map<String, String> query) {
    try {
      URIBuilder uri = new URIBuilder(base.toString().replaceAll("/+$", "") + path);
      query.forEach(uri::addParameter);
      return uri.build();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("%s%s is no URL".formatted(base, path), impossible);
    }
  }

  private Response send(String doing, String endpoint, URI uri) {
    Response response =
        transport.send(
            doing,
            () -> {
              ensureAllowed(doing);
              Optional<String> bearer = credentials.map(Credentials::bearer);
              calls.merge(endpoint, 1L, Long::sum);
              return request(uri, bearer);
            },
            answer -> budget.observe(answer.headers(), answer.date()));
    LOG.debug("{}: {}, {} bytes", doing, response.status(), response.body().length);
    return response;
  }

  private void ensureAllowed(String doing) {
    Optional<Instant> spent = budget.spentUntil(clock.now());
    if (spent.isPresent()) {
      throw spent(doing, "the source's budget of calls is spent", spent.get());
    }
  }

  private static ClassicHttpRequest request(URI uri, Optional<String> bearer) {
    HttpGet get = new HttpGet(uri);
    get.setHeader(HttpHeaders.ACCEPT, "application/json");
    bearer.ifPresent(token -> get.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
    return get;
  }

  private Failure refused(String doing, Response response) {
    int status = response.status();
    String what = "the source answered %d %s".formatted(status, response.message());
    if (status == 429) {
      return spent(doing, what, budget.resumeAfterRefusal(response.date()));
    }
    if (status == 401 || status == 403) {
      return new Failure(
          Exit.REFUSED, doing, what, "check the account's scopes and the application's standing");
    }
    if (status >= 500) {
      return new Failure(Exit.UNAVAILABLE, doing, what, "try again later");
    }
    if (status >= 300 && status < 400) {
      return new Failure(
          Exit.CONFIGURATION,
          doing,
          "it redirects to "
              + Masked.address(response.headers().getOrDefault("Location", "nowhere")),
          "correct --api-url: a token is never carried to another address");
    }
    return new Failure(Exit.UNUSABLE, doing, what, "check --api-url and api.yaml");
  }

  private static Failure spent(String doing, String what, Instant resume) {
    return Failure.tryAgain(
        doing, what, "run the same command again from %s on".formatted(resume), resume);
  }
}
