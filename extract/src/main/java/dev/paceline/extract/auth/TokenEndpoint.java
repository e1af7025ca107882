package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;

/// The OAuth2 token endpoint of a source (RFC 6749, sections 4.1.3 and 6), used with the
/// application's credentials. No request is ever repeated: a lost response may have contained the
/// only valid token.
public final class TokenEndpoint {

  /// A longer life, in seconds, is cut to this.
  private static final long LONGEST_LIFE = Duration.ofDays(3_650).toSeconds();

  private final HttpTransport transport;
  private final URI url;
  private final String clientId;
  private final Secret clientSecret;

  /// The endpoint below an OAuth URL.
  ///
  /// @param oauthUrl the base of `/token`
  public TokenEndpoint(
      HttpTransport transport, URI oauthUrl, String clientId, Secret clientSecret) {
    this.transport = transport;
    this.url = address(oauthUrl);
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /// The address of the token endpoint below an OAuth URL.
  static URI address(URI oauthUrl) {
    return URI.create(oauthUrl.toString().replaceAll("/+$", "") + "/token");
  }

  /// Exchanges a token for a new one; the old one may be invalid afterwards.
  RefreshResult refresh(Token old, AccountRef account) {
    String doing = "Refreshing the token of the account %s at %s".formatted(account.name(), url);
    Response response =
        post(doing, Map.of("grant_type", "refresh_token", "refresh_token", old.refreshToken()));
    if (response.status() == 200) {
      return new RefreshResult.Renewed(parse(response, old, doing));
    }
    String message = message(response, old.refreshToken());
    if (TokenError.of(response) == TokenError.GRANT) {
      return new RefreshResult.Revoked(message, response.date());
    }
    throw failed(response, message, doing, account);
  }

  /// Exchanges an authorization code for the first token.
  ///
  /// @param redirectUri as in the address of the consent page
  public Token exchange(String code, URI redirectUri, AccountRef account) {
    String doing = "Exchanging the code of the account %s at %s".formatted(account.name(), url);
    Response response =
        post(
            doing,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirectUri.toString()));
    if (response.status() == 200) {
      return parse(response, null, doing);
    }
    String message = message(response, code);
    throw TokenError.of(response) == TokenError.GRANT
        ? new Failure(
            Exit.REFUSED,
            doing,
            "the code is wrong, used or expired (%s)".formatted(message),
            "run again: " + account.authorizeCommand())
        : failed(response, message, doing, account);
  }

  private Response post(String doing, Map<String, String> grant) {
    Map<String, String> fields = new TreeMap<>(grant);
    fields.put("client_id", clientId);
    fields.put("client_secret", clientSecret.reveal());
    List<NameValuePair> form =
        fields.entrySet().stream()
            .<NameValuePair>map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
            .toList();
    return transport.sendOnce(
        doing,
        () -> {
          HttpPost post = new HttpPost(url);
          post.setEntity(new UrlEncodedFormEntity(form));
          return post;
        });
  }

  /// The new token. If the response has no refresh token, scope or athlete, those of the old token
  /// are kept (RFC 6749, section 6).
  private static Token parse(Response response, @Nullable Token old, String doing) {
    try {
      JsonNode json = response.json();
      Optional<Token> before = Optional.ofNullable(old);
      Optional<String> refreshToken =
          TokenMembers.text(json.path("refresh_token")).or(() -> before.map(Token::refreshToken));
      Optional<String> accessToken = TokenMembers.text(json.path("access_token"));
      Optional<Long> expiresAt = expiresAt(json, response);
      if (accessToken.isEmpty() || refreshToken.isEmpty() || expiresAt.isEmpty()) {
        throw missingToken(doing);
      }
      return new Token(
          accessToken.get(),
          expiresAt.get(),
          refreshToken.get(),
          TokenMembers.scope(json.path("scope")).or(() -> before.map(Token::scope)).orElse(null),
          Optional.of(json.at("/athlete/id").asText())
              .filter(id -> !id.isEmpty())
              .map(Token.Athlete::new)
              .or(() -> before.map(Token::athlete))
              .orElse(null),
          null,
          null);
    } catch (IOException malformed) {
      throw missingToken(doing); // its message may quote the token, so it is dropped
    }
  }

  /// When the access token expires, in epoch seconds; no later than the longest life allows.
  private static Optional<Long> expiresAt(JsonNode json, Response response) {
    long now = response.date().getEpochSecond();
    return TokenMembers.epochSecond(json.path("expires_at"))
        .or(() ->
            TokenMembers.seconds(json.path("expires_in"))
                .map(life -> now + Math.min(life, LONGEST_LIFE)))
        .map(at -> Math.min(at, now + LONGEST_LIFE));
  }

  static Failure missingToken(String doing) {
    return new Failure(
        Exit.UNAVAILABLE,
        doing,
        "its response contains no token",
        "check the OAuth URL, and try again");
  }

  private Failure failed(Response response, String message, String doing, AccountRef account) {
    int status = response.status();
    if (status != 400 && status != 401 && status != 403) {
      return new Failure(Exit.UNAVAILABLE, doing, message, "try again later");
    }
    String remedy =
        switch (TokenError.of(response)) {
          case ATHLETES ->
              "remove an athlete from the application %s, or ask the source for a higher limit; then"
                      .formatted(clientId)
                  + " run: "
                  + account.authorizeCommand();
          case CLIENT ->
              "check the client id %s, its secret and the application's status".formatted(clientId);
          case GRANT, UNKNOWN ->
              "check the client id %s and its secret; if they are right, run: %s"
                  .formatted(clientId, account.authorizeCommand());
        };
    return new Failure(Exit.REFUSED, doing, message, remedy);
  }

  /// The source's message, without the secrets of the request in case it quotes them.
  private String message(Response response, String sent) {
    return "it returned %d %s"
        .formatted(response.status(), response.message())
        .replace(sent, "***")
        .replace(clientSecret.reveal(), "***")
        .strip();
  }
}
