package dev.paceline.extract.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a token may go: to this scheme, host and port, and nowhere else.
record Origin(String scheme, String host, int port) {

  static Origin of(URI uri) {
    String scheme = lower(uri.getScheme());
    int standard = scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, lower(uri.getHost()), uri.getPort() < 0 ? standard : uri.getPort());
  }

  /// Whether an address is here, and names no user.
  boolean holds(URI uri) {
    return uri.getUserInfo() == null && equals(of(uri));
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }
}
