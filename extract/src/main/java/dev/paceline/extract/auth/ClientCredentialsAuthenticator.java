package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.HttpTransport.Response;
import dev.paceline.extract.http.RequestAuthenticator;
import dev.paceline.lake.Json;
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

/// Signs calls with a token that the application is granted for itself (RFC 6749, section 4.4). It
/// is kept in memory: the next run is granted another.
public final class ClientCredentialsAuthenticator implements RequestAuthenticator {

  /// A token with less life than this is not used any more: a call takes its time.
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /// No clock reaches further than this.
  private static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

  private final HttpTransport transport;
  private final URI url;
  private final String clientId;
  private final Secret clientSecret;
  private final List<String> scopes;
  private final ApiClock clock;
  private @Nullable Grant grant;

  /// Asks for nothing yet.
  ///
  /// @param oauthUrl `/token` is below it
  /// @param scopes to ask for; empty for what is given by default
  public ClientCredentialsAuthenticator(
      HttpTransport transport,
      URI oauthUrl,
      String clientId,
      Secret clientSecret,
      List<String> scopes,
      ApiClock clock) {
    this.transport = transport;
    this.url = URI.create(oauthUrl.toString().replaceAll("/+$", "") + "/token");
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.scopes = scopes;
    this.clock = clock;
  }

  @Override
  public Header header() {
    Grant known = grant;
    if (known == null || !known.isGoodAt(clock.now().plus(MARGIN))) {
      known = ask();
      grant = known;
    }
    return new Header(HttpHeaders.AUTHORIZATION, "Bearer " + known.token());
  }

  /// The next call asks for another token.
  @Override
  public void refused(String call, String message) {
    grant = null;
  }

  @Override
  public Optional<String> reauthorizeCommand() {
    return Optional.empty();
  }

  @Override
  public Optional<Set<String>> scopes() {
    return Optional.ofNullable(grant).flatMap(Grant::scopes);
  }

  /// A grant kills no other: it may be asked for again where the answer was lost.
  private Grant ask() {
    String doing = "Asking %s for a token of the client %s".formatted(url, clientId);
    Response response = transport.send(doing, this::request);
    return switch (response.status()) {
      case 200 -> parse(response, doing);
      case 400, 401, 403 ->
          throw new Failure(
              Exit.REFUSED,
              doing,
              "it answered %d %s".formatted(response.status(), response.message()),
              "check the client id, its secret and the scopes of api.yaml");
      default ->
          throw new Failure(
              Exit.UNAVAILABLE,
              doing,
              "it answered %d %s".formatted(response.status(), response.message()).strip(),
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

  /// Both are encoded like a form's fields before they are joined (RFC 6749, section 2.3.1).
  private String basic() {
    String both =
        URLEncoder.encode(clientId, StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(clientSecret.reveal(), StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static Grant parse(Response response, String doing) {
    try {
      JsonNode json = Json.MAPPER.readTree(response.body());
      String token = json.path("access_token").asText();
      if (!token.isBlank()) {
        return new Grant(token, end(json.path("expires_in"), response.date()), scopes(json));
      }
      throw missingToken(doing);
    } catch (IOException malformed) {
      throw missingToken(doing); // its own message may quote the token: it goes nowhere
    }
  }

  /// A token of which nothing is said is good until it is refused.
  private static Instant end(JsonNode life, Instant granted) {
    return life.isMissingNode() || life.isNull()
        ? Instant.MAX
        : granted.plusSeconds(Math.clamp(life.asLong(), 0, LONGEST_LIFE.toSeconds()));
  }

  private static Optional<Set<String>> scopes(JsonNode json) {
    return Optional.ofNullable(json.path("scope").textValue())
        .map(granted -> Set.copyOf(Arrays.asList(granted.strip().split("[ ,]+", -1))));
  }

  private static Failure missingToken(String doing) {
    return new Failure(
        Exit.UNAVAILABLE, doing, "its answer holds no token", "check the OAuth URL, and try again");
  }

  /// A token, and until when it is good by the source's clock.
  ///
  /// @param scopes what the answer says that it is for; empty where it does not say
  private record Grant(String token, Instant end, Optional<Set<String>> scopes) {

    boolean isGoodAt(Instant moment) {
      return moment.isBefore(end);
    }

    @Override
    public String toString() {
      return "Grant[***]";
    }
  }
}
