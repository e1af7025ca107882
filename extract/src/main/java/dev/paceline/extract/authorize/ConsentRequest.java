package dev.paceline.extract.authorize;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.net.URIBuilder;

/// One question to a person.
///
/// @param address where it is asked
/// @param state comes back with the answer, which else could be the answer to somebody else's
///   question
record ConsentRequest(URI address, URI redirectUri, String state) {

  private static final int STATE_BYTES = 24;

  /// Asks at `/authorize` below an OAuth base.
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
              // Strava's own: without it boxes that were once unticked are not shown again.
              .addParameter("approval_prompt", "force")
              .addParameter("state", state);
      if (!scopes.isEmpty()) {
        address.addParameter(
            "scope", String.join(",", scopes)); // Strava's commas, not OAuth's blanks
      }
      return new ConsentRequest(address.build(), redirectUri, state);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(oauthUrl + "/authorize is no URL", impossible);
    }
  }

  /// Compares in a time that says nothing of how much is right.
  boolean matchesState(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }
}
