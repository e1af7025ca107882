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
import java.util.function.Supplier;
import org.apache.hc.client5.http.utils.URIUtils;
import org.apache.hc.core5.net.URIBuilder;
import org.jspecify.annotations.Nullable;

/// Calls a source's API for one account, within the application's budget.
public final class ApiClient {

  private final HttpTransport transport;
  private final URI base;
  private final List<ErrorRule> rules;
  private final RateGate gate;
  private final Optional<RequestAuthenticator> authenticator;
  private final Map<String, Long> calls = new TreeMap<>();
  private boolean tokenProven;
  private @Nullable Supplier<Optional<Failure>> tokenCheck;
  private boolean checking;

  /// A client for one account.
  ///
  /// @param base the URL that paths are relative to
  /// @param rules the meaning of errors that their status alone does not show
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

  /// Makes a call, and retries it while that is worthwhile; an unreadable body is retried too.
  public <T> ApiResponse<T> get(Call call, BodyReader<T> reader) {
    return new RetryingCall<>(this, call, reader).run();
  }

  /// The call that a link in a response leads to.
  ///
  /// @param call the call whose response has the link
  /// @param link its target, which may be relative to the call
  public Call follow(Call call, String link) {
    String doing = "Following the link of " + Redacted.address(address(call).toString());
    URI target =
        resolve(address(call), link)
            .orElseThrow(() ->
                new Failure(
                    Exit.UNUSABLE,
                    doing,
                    "\"%s\" is not a valid address"
                        .formatted(ErrorText.line(Redacted.address(link))),
                    "try again later"));
    ensureSameOrigin(doing, "it leads to ", target);
    return new Call(call.endpoint(), call.path(), call.query(), Optional.of(target.toString()));
  }

  /// The scopes granted to the account's token; empty if they are unknown.
  public Optional<Set<String>> scopes() {
    return authenticator.flatMap(RequestAuthenticator::scopes);
  }

  /// Whose data the account's token gives access to, as far as its store says: the id of the record
  /// that identifies the account.
  public Optional<String> subject() {
    return authenticator.flatMap(RequestAuthenticator::subject);
  }

  /// The command that authorizes the account again; empty if none does.
  public Optional<String> authorizeCommand() {
    return authenticator.flatMap(RequestAuthenticator::reauthorizeCommand);
  }

  /// Takes the token as it is: a 401 means that the object is denied, until there is doubt.
  public void trustToken() {
    tokenProven = true;
  }

  /// Treats the token as unproven again: the next 401 makes the client renew it, and not just
  /// report that the object is denied.
  public void doubtToken() {
    tokenProven = false;
  }

  /// Whether the source has accepted the token in this run, and nothing has cast doubt on it since.
  boolean isTokenProven() {
    return tokenProven;
  }

  /// Sets what asks the source whose data the token gives access to, if it was replaced during this
  /// run by one that does not say.
  ///
  /// @param check makes a call; returns why the token is not the account's, or empty if it is
  public void checkTokenBy(Supplier<Optional<Failure>> check) {
    tokenCheck = check;
  }

  /// The header to authenticate the next call with; empty if the source needs none.
  Optional<RequestAuthenticator.Header> header() {
    return authenticator.map(this::checkedHeader);
  }

  private RequestAuthenticator.Header checkedHeader(RequestAuthenticator known) {
    RequestAuthenticator.Header header = known.header();
    Supplier<Optional<Failure>> check = tokenCheck;
    if (check == null || checking || !known.isUnidentified()) {
      return header;
    }
    checking = true;
    try {
      Optional<Failure> foreign = check.get();
      if (foreign.isPresent()) {
        throw known.lost(foreign.get());
      }
      known.noteIdentified();
    } finally {
      checking = false;
    }
    return known.header();
  }

  /// Whether the account's token cannot be used any more in this run: every call fails.
  public boolean isTokenLost() {
    return authenticator.map(RequestAuthenticator::isLost).orElse(false);
  }

  /// How often the account's token was renewed in this run.
  public long renewals() {
    return authenticator.map(RequestAuthenticator::renewals).orElse(0L);
  }

  /// The number of calls so far, by endpoint.
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

  /// Counts a call to an endpoint.
  void count(String endpoint) {
    calls.merge(endpoint, 1L, Long::sum);
  }

  URI address(Call call) {
    URI target = call.link().map(URI::create).orElseGet(() -> resolve(call));
    ensureSameOrigin("Calling " + call.endpoint(), "its address is ", target);
    return target;
  }

  private URI resolve(Call call) {
    String address = base.toString().replaceAll("/+$", "") + call.path();
    try {
      URIBuilder uri = new URIBuilder(address);
      call.query().forEach(uri::addParameter);
      return uri.build();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("%s is not a valid URL".formatted(address), impossible);
    }
  }

  /// Throws if an address does not have the API's own scheme, host and port: a token is sent
  /// nowhere else.
  ///
  /// @param how the address came up, e.g. `it redirects to`
  void ensureSameOrigin(String doing, String how, URI target) {
    if (!Origin.of(base).matches(target)) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          how + Redacted.address(target.toString()),
          "correct --api-url: a token is never sent to another address");
    }
  }

  /// An address given by a source, which may be relative; empty if it is not valid.
  static Optional<URI> resolve(URI from, String reference) {
    try {
      return Optional.of(URIUtils.resolve(from, new URI(reference.strip())));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
