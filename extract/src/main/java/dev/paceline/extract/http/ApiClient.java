package dev.paceline.extract.http;

import dev.paceline.extract.api.ErrorRule;
import dev.paceline.extract.auth.Signature;
import dev.paceline.extract.http.HttpTransport.Response;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.Masked;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<ErrorRule> rules;
  private final Gate gate;
  private final Optional<Signature> signature;
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
      Gate gate,
      Optional<Signature> signature) {
    this.transport = transport;
    this.base = base;
    this.rules = rules;
    this.gate = gate;
    this.signature = signature;
  }

  /// Makes a call, as often as it is worth another try.
  public <T> Answer<T> get(Call call, BodyReader<T> reader) {
    URI uri = uri(call.path(), call.query());
    String doing = "Calling GET " + uri;
    Response response = send(doing, call.endpoint(), uri);
    if (response.status() == 401 && signature.isPresent()) {
      signature.get().refused(doing, response.message());
      response = send(doing, call.endpoint(), uri);
    }
    return switch (response.status()) {
      case 200 -> read(response, reader);
      case 404 -> new Answer.Absent<>(response.date());
      default -> throw refused(doing, response);
    };
  }

  private static <T> Answer<T> read(Response response, BodyReader<T> reader) {
    try {
      return new Answer.Found<>(reader.read(response.body()), response.headers(), response.date());
    } catch (IOException malformed) {
      String reason = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
      return new Answer.Refused<>(200, reason, response.body(), response.date());
    }
  }

  /// What the account's token was granted; empty where that is not known.
  public Optional<Set<String>> scopes() {
    return signature.flatMap(Signature::scopes);
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
              gate.ensureOpen(doing);
              Optional<Signature.Header> header = signature.map(Signature::header);
              calls.merge(endpoint, 1L, Long::sum);
              return request(uri, header);
            },
            answer -> gate.observe(answer.headers(), answer.date()));
    LOG.debug("{}: {}, {} bytes", doing, response.status(), response.body().length);
    return response;
  }

  private static ClassicHttpRequest request(URI uri, Optional<Signature.Header> header) {
    HttpGet get = new HttpGet(uri);
    get.setHeader(HttpHeaders.ACCEPT, "application/json");
    header.ifPresent(signed -> get.setHeader(signed.name(), signed.value()));
    return get;
  }

  private Failure refused(String doing, Response response) {
    int status = response.status();
    String what = "the source answered %d %s".formatted(status, response.message());
    if (status == 429) {
      return gate.spent(doing, what);
    }
    Optional<ErrorRule> rule =
        rules.stream()
            .filter(each -> each.fits(status, new String(response.body(), StandardCharsets.UTF_8)))
            .findFirst();
    if (rule.isPresent() && rule.get().meaning() == ErrorRule.Meaning.APPLICATION_REFUSED) {
      return gate.close(
          new Failure(Exit.REFUSED, doing, what, rule.get().whatToDo().orElse("try later")));
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
}
