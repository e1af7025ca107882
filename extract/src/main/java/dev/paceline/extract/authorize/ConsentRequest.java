package dev.paceline.extract.authorize;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.net.URIBuilder;

/// A request for consent.
///
/// @param address the source's consent page
/// @param state is returned with the response, and proves that it belongs to this request
record ConsentRequest(URI address, URI redirectUri, String state) {

  private static final int STATE_BYTES = 24;

  /// A request at `/authorize` below an OAuth URL.
  static ConsentRequest of(URI oauthUrl, String clientId, URI redirectUri, List<String> scopes) {
    byte[] random = new byte[STATE_BYTES];
    new SecureRandom().nextBytes(random);
    String state = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      URIBuilder address =
          new URIBuilder(oauthUrl.toString().replaceAll("/+$", "") + "/authorize")
              .addParameter("client_id", clientId)
              .addParameter("redirect_uri", redirectUri.toString())
              .addParameter("response_type", "code")
              // Specific to Strava: without it, scopes that were unticked once are not offered
              // again.
              .addParameter("approval_prompt", "force")
              .addParameter("state", state);
      if (!scopes.isEmpty()) {
        address.addParameter(
            "scope", String.join(",", scopes)); // Strava uses commas, not OAuth's spaces
      }
      return new ConsentRequest(address.build(), redirectUri, state);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(oauthUrl + "/authorize is not a valid URL", impossible);
    }
  }

  /// Compares in constant time.
  boolean matchesState(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }
}
