package dev.paceline.extract.http;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.paceline.cli.retry.Pause;
import dev.paceline.extract.api.ErrorRule;
import dev.paceline.extract.api.RateLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An API over real HTTP whose responses a test sets, and a client of it that retries quickly.
/// There is one server per JVM; [#begin] resets it for a test.
public final class StubbedApi {

  static final String TOKEN = "access-token-of-anna";

  static final HttpLimits QUICK =
      new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);

  private static @Nullable WireMockServer shared;

  private final WireMockServer server;
  private final List<String> refusals = new ArrayList<>();
  private List<ErrorRule> rules = List.of();
  private HttpLimits limits = QUICK;
  private Map<String, String> variables = Map.of();

  private StubbedApi(WireMockServer server) {
    this.server = server;
  }

  public static synchronized StubbedApi begin() {
    if (shared == null) {
      shared = new WireMockServer(onLoopback());
      shared.start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::stop));
    }
    shared.resetAll();
    return new StubbedApi(shared);
  }

  static WireMockConfiguration onLoopback() {
    return WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort();
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  public WireMockServer server() {
    return server;
  }

  /// Sets the responses of a path, call by call; the last one is repeated.
  public void respondsWith(String path, ResponseDefinitionBuilder... inTurn) {
    for (int i = 0; i < inTurn.length; i++) {
      String next = String.valueOf(Math.min(i + 1, inTurn.length - 1));
      server.stubFor(
          WireMock.get(WireMock.urlPathEqualTo(path))
              .inScenario(path)
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : String.valueOf(i))
              .willSetStateTo(inTurn.length == 1 ? Scenario.STARTED : next)
              .willReturn(inTurn[i]));
    }
  }

  /// All requests except those that only read the time.
  private Stream<LoggedRequest> requests() {
    return server.getAllServeEvents().reversed().stream()
        .map(ServeEvent::getRequest)
        .filter(request -> !request.getMethod().equals(RequestMethod.HEAD));
  }

  /// The addresses of the calls so far.
  public List<String> calls() {
    return requests().map(LoggedRequest::getUrl).toList();
  }

  /// A header of the calls so far, `-` if a call has none.
  public List<String> header(String name) {
    return requests()
        .map(request -> request.getHeaders().getHeader(name))
        .map(header -> header.isPresent() ? header.firstValue() : "-")
        .toList();
  }

  void usesRules(ErrorRule... rules) {
    this.rules = List.of(rules);
  }

  void usesLimits(HttpLimits limits) {
    this.limits = limits;
  }

  void usesVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /// The messages about refused tokens that the authenticator got.
  List<String> refusals() {
    return refusals;
  }

  public ApiClient client() {
    return client(url());
  }

  ApiClient client(String url) {
    ApiClock clock = new ApiClock(Clock.systemUTC());
    RateLimit limit =
        new RateLimit("all", "X-Limit", "X-Usage", List.of(Duration.ofMinutes(15)), null);
    return new ApiClient(
        transport(clock),
        URI.create(url),
        rules,
        new RateGate(new Budget(List.of(limit)), clock),
        Optional.of(new StubAuthenticator()));
  }

  HttpTransport transport(ApiClock clock) {
    RetryPolicy quick = new RetryPolicy(Duration.ofMillis(1), RandomGenerator.getDefault());
    return new HttpTransport(
        new Network(Proxies.of(variables), Optional.empty()),
        limits,
        quick,
        new Pause(Thread::sleep, () -> false),
        clock);
  }

  /// Uses another token after each refusal.
  private final class StubAuthenticator implements RequestAuthenticator {

    @Override
    public Header header() {
      return new Header("Authorization", "Bearer " + TOKEN + refusals.size());
    }

    @Override
    public void refused(String call, String message) {
      refusals.add(message);
    }
  }
}
