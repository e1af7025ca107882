package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the warehouse is and which user connects: `postgresql://user@host:port/database`,
/// optionally with `?sslmode=…` and `&sslrootcert=…`. Never contains a password.
///
/// @param parameters `sslmode` and `sslrootcert`, if given
public record WarehouseAddress(
    String user, String host, int port, String database, Map<String, String> parameters) {

  private static final String SSL_MODE = "sslmode";
  private static final String SSL_ROOT_CERT = "sslrootcert";
  private static final Set<String> KNOWN = Set.of(SSL_MODE, SSL_ROOT_CERT);
  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final int DEFAULT_PORT = 5432;
  private static final int MAX_PORT = 65_535;

  /// No name of a user, database or file contains it.
  private static final String NUL = "%00";

  private static final String EXPECTED_FORM = "give postgresql://user@host:port/database";

  public static WarehouseAddress parse(String url) {
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
      if (!KNOWN.contains(name)) {
        throw refused(
            "it has the unknown parameter \"%s\"".formatted(name),
            "remove it; only sslmode and sslrootcert are known");
      }
    }
    refuseInvalidTls(parameters);
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port > MAX_PORT) {
      throw refused("its port is not a number up to 65535", EXPECTED_FORM);
    }
    return new WarehouseAddress(user, uri.getHost(), port, path.substring(1), parameters);
  }

  private static void refuseInvalidTls(Map<String, String> parameters) {
    String mode = parameters.getOrDefault(SSL_MODE, "prefer");
    if (!SSL_MODES.contains(mode)) {
      throw invalidSetting(
          "sslmode is \"%s\"".formatted(mode), "choose one of " + String.join(", ", SSL_MODES));
    }
    String certificates = parameters.get(SSL_ROOT_CERT);
    if (certificates != null && !isReadable(certificates)) {
      throw invalidSetting(
          "sslrootcert \"%s\" cannot be read".formatted(certificates),
          "give the path of a file with certificates");
    }
  }

  private static boolean isReadable(String file) {
    try {
      return Files.isReadable(Path.of(file));
    } catch (InvalidPathException noPath) {
      return false;
    }
  }

  private static Failure invalidSetting(String what, String remedy) {
    return new Failure(Exit.CONFIGURATION, "Reading the warehouse's URL", what, remedy);
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
      return new URI(url);
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

  /// For messages.
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
