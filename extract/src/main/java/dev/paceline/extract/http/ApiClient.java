package dev.paceline.extract.http;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Redacted;
import dev.paceline.extract.api.ErrorRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.client5.http.utils.URIUtils;
import org.apache.hc.core5.net.URIBuilder;

/// Calls a source's API within its budget, signed for one account.
public final class ApiClient {

  private final HttpTransport transport;
  private final URI base;
  private final List<ErrorRule> rules;
  private final RateGate gate;
  private final Optional<RequestAuthenticator> authenticator;
  private final Map<String, Long> calls = new TreeMap<>();

  /// A client of one account.
  ///
  /// @param base what paths are below
  /// @param rules what answers mean whose status does not say it
  /// @param gate shared by all accounts of the application
  public ApiClient(
      HttpTransport transport,
      URI base,
      List<ErrorRule> rules,
      RateGate gate,
      Optional<RequestAuthenticator> authenticator) {
    this.transport = transport;
    this.base = base;
    this.rules = rules;
    this.gate = gate;
    this.authenticator = authenticator;
  }

  /// Makes a call, as often as it is worth another try; a body that cannot be read is.
  public <T> ApiResponse<T> get(Call call, BodyReader<T> reader) {
    return new RetryingCall<>(this, call, reader).run();
  }

  /// The call that an answer's link leads to.
  ///
  /// @param call what was answered
  /// @param link where to, perhaps relative to it
  public Call follow(Call call, String link) {
    String doing = "Following the link of " + Redacted.address(address(call).toString());
    URI target =
        resolve(address(call), link)
            .orElseThrow(() ->
                new Failure(
                    Exit.UNUSABLE,
                    doing,
                    "\"%s\" is no address".formatted(ErrorText.line(Redacted.address(link))),
                    "try again later"));
    ensureSameOrigin(doing, "it leads to ", target);
    return new Call(call.endpoint(), call.path(), call.query(), Optional.of(target.toString()));
  }

  /// What the account's token was granted; empty where that is not known.
  public Optional<Set<String>> scopes() {
    return authenticator.flatMap(RequestAuthenticator::scopes);
  }

  /// The calls so far, by endpoint.
  public Map<String, Long> calls() {
    return calls;
  }

  public long totalCalls() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  HttpTransport transport() {
    return transport;
  }

  List<ErrorRule> rules() {
    return rules;
  }

  RateGate gate() {
    return gate;
  }

  Optional<RequestAuthenticator> authenticator() {
    return authenticator;
  }

  /// A call to an endpoint goes out.
  void count(String endpoint) {
    calls.merge(endpoint, 1L, Long::sum);
  }

  URI address(Call call) {
    URI target = call.link().map(URI::create).orElseGet(() -> below(call));
    ensureSameOrigin("Calling " + call.endpoint(), "its address is ", target);
    return target;
  }

  private URI below(Call call) {
    String address = base.toString().replaceAll("/+$", "") + call.path();
    try {
      URIBuilder uri = new URIBuilder(address);
      call.query().forEach(uri::addParameter);
      return uri.build();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("%s is no URL".formatted(address), impossible);
    }
  }

  /// Throws where an address is not of the API's own scheme, host and port: a token goes nowhere
  /// else.
  ///
  /// @param how it came about, e.g. `it redirects to`
  void ensureSameOrigin(String doing, String how, URI target) {
    if (!Origin.of(base).holds(target)) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          how + Redacted.address(target.toString()),
          "correct --api-url: a token is never carried to another address");
    }
  }

  /// An address as a source gives it, perhaps relative to where it was given; empty where it is
  /// none.
  static Optional<URI> resolve(URI from, String reference) {
    try {
      return Optional.of(URIUtils.resolve(from, new URI(reference.strip())));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
