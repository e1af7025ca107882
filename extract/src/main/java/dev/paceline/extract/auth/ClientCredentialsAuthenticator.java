package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RequestAuthenticator;
import dev.paceline.extract.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;

/// Authenticates calls with a token that is granted to the application itself (RFC 6749, section
/// 4.4). It is kept in memory only; the next run requests another.
public final class ClientCredentialsAuthenticator implements RequestAuthenticator {

  /// A token that expires sooner than this is not used: a call takes time.
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /// A longer life is cut to this, so that its end can be represented.
  private static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

  private final HttpTransport transport;
  private final URI url;
  private final String clientId;
  private final Secret clientSecret;
  private final List<String> scopes;
  private final ApiClock clock;
  private @Nullable Grant grant;

  /// Requests no token yet.
  ///
  /// @param oauthUrl the base of `/token`
  /// @param scopes to request; empty for the default ones
  public ClientCredentialsAuthenticator(
      HttpTransport transport,
      URI oauthUrl,
      String clientId,
      Secret clientSecret,
      List<String> scopes,
      ApiClock clock) {
    this.transport = transport;
    this.url = TokenEndpoint.address(oauthUrl);
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.scopes = scopes;
    this.clock = clock;
  }

  @Override
  public Header header() {
    Grant known = grant;
    if (known == null || !known.isValidAt(clock.now().plus(MARGIN))) {
      known = requestGrant();
      grant = known;
    }
    return new Header(HttpHeaders.AUTHORIZATION, "Bearer " + known.token());
  }

  /// Drops the token; the next call requests another.
  @Override
  public void refused(String call, String message) {
    grant = null;
  }

  @Override
  public Optional<Set<String>> scopes() {
    return Optional.ofNullable(grant).flatMap(Grant::scopes);
  }

  /// A grant does not invalidate an earlier one, so the request may be repeated if its response was
  /// lost.
  private Grant requestGrant() {
    String doing = "Requesting a token for the client %s from %s".formatted(clientId, url);
    Response response = transport.send(doing, this::request);
    return switch (response.status()) {
      case 200 -> parse(response, doing);
      case 400, 401, 403 ->
          throw new Failure(
              Exit.REFUSED,
              doing,
              "it returned %d %s".formatted(response.status(), response.message()),
              "check the client id, its secret and the scopes of api.yaml");
      default ->
          throw new Failure(
              Exit.UNAVAILABLE,
              doing,
              "it returned %d %s".formatted(response.status(), response.message()).strip(),
              "try again later");
    };
  }

  private HttpUriRequestBase request() {
    List<NameValuePair> form = new ArrayList<>();
    form.add(new BasicNameValuePair("grant_type", "client_credentials"));
    if (!scopes.isEmpty()) {
      form.add(new BasicNameValuePair("scope", String.join(" ", scopes)));
    }
    HttpPost post = new HttpPost(url);
    post.setHeader(HttpHeaders.AUTHORIZATION, "Basic " + basic());
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    post.setEntity(new UrlEncodedFormEntity(form));
    return post;
  }

  /// Id and secret are form-encoded before they are joined (RFC 6749, section 2.3.1).
  private String basic() {
    String credentials =
        URLEncoder.encode(clientId, StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(clientSecret.reveal(), StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static Grant parse(Response response, String doing) {
    try {
      JsonNode json = response.json();
      String token = json.path("access_token").asText();
      if (!token.isBlank()) {
        return new Grant(token, expiry(json.path("expires_in"), response.date()), scopes(json));
      }
      throw TokenEndpoint.missingToken(doing);
    } catch (IOException malformed) {
      throw TokenEndpoint.missingToken(doing); // its message may quote the token, so it is dropped
    }
  }

  /// If the response gives no life, the token is used until it is refused.
  private static Instant expiry(JsonNode life, Instant granted) {
    return life.isMissingNode() || life.isNull()
        ? Instant.MAX
        : granted.plusSeconds(
            Math.min(TokenMembers.seconds(life).orElse(0L), LONGEST_LIFE.toSeconds()));
  }

  private static Optional<Set<String>> scopes(JsonNode json) {
    return TokenMembers.scope(json.path("scope"))
        .map(granted -> Set.copyOf(Arrays.asList(granted.strip().split("[ ,]+", -1))));
  }

  /// A token and its expiry by the source's clock.
  ///
  /// @param scopes the granted scopes; empty if the response does not name them
  private record Grant(String token, Instant expiry, Optional<Set<String>> scopes) {

    boolean isValidAt(Instant moment) {
      return moment.isBefore(expiry);
    }

    @Override
    public String toString() {
      return "Grant[***]";
    }
  }
}
