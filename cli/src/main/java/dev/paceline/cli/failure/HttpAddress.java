package dev.paceline.cli.failure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The address of a server, checked before anything connects to it.
public final class HttpAddress {

  /// What an address has to look like, for messages.
  public static final String FORM = "http:// or https://, a host, and no port above 65535";

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int HIGHEST_PORT = 65_535;

  private HttpAddress() {}

  /// Parses an address; empty if it is not one of [#FORM], or has credentials.
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean valid =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && isPort(uri.getPort());
      return valid ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /// Whether a port can be connected to; -1 stands for the scheme's own.
  public static boolean isPort(int port) {
    return port == -1 || (port > 0 && port <= HIGHEST_PORT);
  }
}
