package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.jdbc.SslMode;

/// How a connection is protected: as its URL says, otherwise by where its host is. On another
/// machine, only `verify-full` verifies that the server is the one that the URL names, and not one
/// in between that reads and changes the data.
final class TlsMode {

  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private TlsMode() {}

  /// The mode of a connection.
  ///
  /// @param given the URL's `sslmode`
  /// @param unverified whether the user accepts any server
  /// @throws Failure if there is no such mode, or it is too weak for the host
  static SslMode of(String host, Optional<String> given, boolean unverified) {
    Optional<SslMode> mode = given.map(TlsMode::parse);
    if (isLoopback(host)) {
      return mode.orElse(SslMode.PREFER);
    }
    if (unverified) {
      return mode.orElse(SslMode.REQUIRE);
    }
    mode.filter(weak -> weak != SslMode.VERIFY_FULL)
        .ifPresent(weak -> {
          throw refused(
              "sslmode \"%s\" does not verify that the server is %s".formatted(weak.value, host),
              "remove it, or set PACELINE_WAREHOUSE_UNVERIFIED=true to accept any server");
        });
    return SslMode.VERIFY_FULL;
  }

  private static SslMode parse(String text) {
    return Arrays.stream(SslMode.VALUES)
        .filter(mode -> mode.value.equals(text))
        .findFirst()
        .orElseThrow(
            () -> refused("sslmode is \"%s\"".formatted(text), "choose one of " + everyMode()));
  }

  private static String everyMode() {
    return Arrays.stream(SslMode.VALUES).map(mode -> mode.value).collect(Collectors.joining(", "));
  }

  /// Whether a host is this machine by its spelling: what a name resolves to is not asked, because
  /// whoever answers may be the one in between.
  ///
  /// @param host of a URL: an IPv6 address is in brackets
  private static boolean isLoopback(String host) {
    if (host.startsWith("[")) {
      return InetAddress.ofLiteral(host.substring(1, host.length() - 1)).isLoopbackAddress();
    }
    return host.toLowerCase(Locale.ROOT).equals("localhost")
        || IPV4_LOOPBACK.matcher(host).matches();
  }

  private static Failure refused(String what, String remedy) {
    return new Failure(Exit.USAGE, "Reading the warehouse's URL", what, remedy);
  }
}
