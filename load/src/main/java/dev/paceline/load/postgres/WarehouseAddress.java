package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.SslMode;

/// Where the warehouse is and which user connects: `postgresql://user@host:port/database`,
/// optionally with `?sslmode=…`. Never contains a password.
///
/// @param tls how a connection is protected
public record WarehouseAddress(String user, String host, int port, String database, SslMode tls) {

  private static final String SSL_MODE = "sslmode";
  private static final String SSL_ROOT_CERT = "sslrootcert";
  private static final int DEFAULT_PORT = 5432;
  private static final int MAX_PORT = 65_535;

  /// No name of a user, database or file contains it.
  private static final String NUL = "%00";

  private static final String EXPECTED_FORM = "give postgresql://user@host:port/database";

  /// Parses a URL.
  ///
  /// @param unverified whether any server on another machine is accepted
  public static WarehouseAddress parse(String url, boolean unverified) {
    refusePassword(url);
    URI uri = uri(url);
    String user = decoded(uri.getRawUserInfo());
    String path = decoded(uri.getRawPath());
    Map<String, String> parameters = parameters(uri.getRawQuery());
    boolean passwordParameter = parameters.keySet().stream().anyMatch(WarehouseAddress::isPassword);
    if (user.contains(":") || passwordParameter) {
      throw containsPassword();
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw refused("it does not begin with postgresql://", EXPECTED_FORM);
    }
    if (uri.getHost() == null || user.isEmpty() || !path.matches("/[^/]+")) {
      throw refused(
          "it lacks a user, a host or a database", EXPECTED_FORM); // may be a mistyped password
    }
    for (String name : parameters.keySet()) {
      if (!name.equals(SSL_MODE)) {
        throw refused("it has the unknown parameter \"%s\"".formatted(name), removing(name));
      }
    }
    SslMode tls =
        TlsMode.of(uri.getHost(), Optional.ofNullable(parameters.get(SSL_MODE)), unverified);
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port > MAX_PORT) {
      throw refused("its port is not a number up to 65535", EXPECTED_FORM);
    }
    return new WarehouseAddress(user, uri.getHost(), port, path.substring(1), tls);
  }

  private static String removing(String parameter) {
    return parameter.equals(SSL_ROOT_CERT)
        ? "remove it, and name the file in PACELINE_WAREHOUSE_CA"
        : "remove it; only sslmode is known";
  }

  /// Decides by the text alone, because [URI] does not see a password that contains `@`, `#`, `/`
  /// or `?`, or one before a host with `_`.
  private static void refusePassword(String url) {
    int slashes = url.indexOf("//");
    String remainder = slashes < 0 ? url : url.substring(slashes + 2);
    int at = remainder.lastIndexOf('@');
    if (at >= 0 && remainder.lastIndexOf(':', at) >= 0) {
      throw containsPassword();
    }
  }

  private static boolean isPassword(String parameter) {
    return parameter.toLowerCase(Locale.ROOT).contains("password");
  }

  private static Failure containsPassword() {
    return refused(
        "it contains a password, which anyone can see in the process list",
        "remove it and set PACELINE_WAREHOUSE_PASSWORD");
  }

  private static URI uri(String url) {
    if (url.contains(NUL)) {
      throw notAUrl();
    }
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && uri.getHost().contains("%")) {
        throw notAUrl(); // names a network interface of this machine: [fe80::1%eth0]
      }
      return uri;
    } catch (URISyntaxException malformed) {
      throw notAUrl(); // without the cause, whose message repeats the URL
    }
  }

  private static Failure notAUrl() {
    return refused("it is not a valid URL", EXPECTED_FORM);
  }

  private static String decoded(@Nullable String raw) {
    return raw == null ? "" : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] halves = pair.split("=", 2);
        parameters.put(halves[0], halves.length == 1 ? "" : decoded(halves[1]));
      }
    }
    return Map.copyOf(parameters);
  }

  private static Failure refused(String what, String remedy) {
    return new Failure(Exit.USAGE, "Reading the warehouse's URL", what, remedy);
  }

  /// Whether the server's certificate is verified.
  public boolean isVerified() {
    return tls.verifyCertificate();
  }

  /// For messages.
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
