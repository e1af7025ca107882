package dev.paceline.extract.authorize;

import dev.paceline.extract.api.Scopes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The redirect that ends a consent (RFC 6749, section 4.1.2), not yet verified.
///
/// @param typed whether the user typed the code alone. It has no state then, and needs none: no
///   attacker can make them type it
/// @param error why there is no code
record Redirect(
    Optional<String> code,
    Optional<String> state,
    Optional<String> error,
    Optional<Scopes> granted,
    boolean typed) {

  /// Parses the query of an address.
  static Redirect ofQuery(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String field : query.split("&", -1)) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2 && !parts[1].isEmpty()) {
        fields.put(parts[0], decode(parts[1]));
      }
    }
    return new Redirect(
        Optional.ofNullable(fields.get("code")),
        Optional.ofNullable(fields.get("state")),
        Optional.ofNullable(fields.get("error")),
        Optional.ofNullable(fields.get("scope")).map(Scopes::parse),
        false);
  }

  /// A code without its address.
  static Redirect ofCode(String code) {
    return new Redirect(
        Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  /// Whether this is a response to a consent request at all.
  boolean isResponse() {
    return code.isPresent() || error.isPresent();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // it will fail verification
    }
  }
}
