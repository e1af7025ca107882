package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.HttpTransport.Response;
import dev.paceline.lake.Json;
import dev.paceline.lake.cli.Secret;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/// The OAuth2 token endpoint of a source (RFC 6749, section 6), with the application's credentials.
public final class TokenEndpoint {

  private final HttpTransport transport;
  private final URI url;
  private final String clientId;
  private final Secret clientSecret;

  /// An endpoint below an OAuth base.
  ///
  /// @param oauthUrl `/token` is below it
  public TokenEndpoint(
      HttpTransport transport, URI oauthUrl, String clientId, Secret clientSecret) {
    this.transport = transport;
    this.url = URI.create(oauthUrl.toString().replaceAll("/+$", "") + "/token");
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /// A new token for an old one, which may be dead from then on. Never sent twice: an answer that
  /// was lost may have held the only token that lives.
  Token refresh(Token old, String account) {
    List<NameValuePair> form =
        List.of(
            new BasicNameValuePair("client_id", clientId),
            new BasicNameValuePair("client_secret", clientSecret.reveal()),
            new BasicNameValuePair("grant_type", "refresh_token"),
            new BasicNameValuePair("refresh_token", old.refreshToken()));
    String doing = "Refreshing the token of the account %s at %s".formatted(account, url);
    Response response =
        transport.sendOnce(
            doing,
            () -> {
              HttpPost post = new HttpPost(url);
              post.setEntity(new UrlEncodedFormEntity(form));
              return post;
            });
    return switch (response.status()) {
      case 200 -> parse(response, old, doing);
      case 400, 401, 403 -> throw refused(response, doing, account);
      default ->
          throw new Failure(
              Exit.UNAVAILABLE,
              doing,
              "it answered %d %s".formatted(response.status(), response.message()),
              "try again later");
    };
  }

  /// The new token. An answer without a refresh token leaves the old one alive (RFC 6749).
  private static Token parse(Response response, Token old, String doing) {
    try {
      JsonNode json = Json.MAPPER.readTree(response.body());
      if (!json.path("access_token").isTextual() || !json.path("expires_at").isIntegralNumber()) {
        throw noToken(doing);
      }
      return new Token(
          json.path("access_token").textValue(),
          json.path("expires_at").longValue(),
          json.path("refresh_token").asText(old.refreshToken()));
    } catch (IOException malformed) {
      throw noToken(doing); // its own message may quote the token: it goes nowhere
    }
  }

  private static Failure noToken(String doing) {
    return new Failure(
        Exit.UNAVAILABLE, doing, "its answer holds no token", "check the OAuth URL, and try again");
  }

  private Failure refused(Response response, String doing, String account) {
    boolean application =
        response.status() == 403
            || response.message().contains("Application")
            || response.message().contains("client");
    return new Failure(
        Exit.REFUSED,
        doing,
        "it answered %d %s".formatted(response.status(), response.message()),
        application
            ? "check the client id %s, its secret and the application's standing"
                .formatted(clientId)
            : "the refresh token of %s is dead: authorize the account again".formatted(account));
  }
}
