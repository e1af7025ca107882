package dev.paceline.extract.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The scheme, host and port to which a token may be sent.
record Origin(String scheme, String host, int port) {

  static Origin of(URI uri) {
    String scheme = lower(uri.getScheme());
    int standard = scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, lower(uri.getHost()), uri.getPort() < 0 ? standard : uri.getPort());
  }

  /// Whether an address has this origin and contains no user.
  boolean matches(URI uri) {
    return uri.getUserInfo() == null && equals(of(uri));
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }
}
