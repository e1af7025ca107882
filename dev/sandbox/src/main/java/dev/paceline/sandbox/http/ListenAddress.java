package dev.paceline.sandbox.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where the sandbox listens, and what callers may call it.
///
/// @param host an address of this machine, `0.0.0.0` for all of them
/// @param port 0 for a free one
/// @param names what callers call this machine, in addition to loopback's names and the host
public record ListenAddress(String host, int port, List<String> names) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVERY_ADDRESS = "0.0.0.0";

  public ListenAddress {
    names = List.copyOf(names);
  }

  /// What a client on this machine calls it.
  String ownName() {
    return host.equals(EVERY_ADDRESS) ? LOOPBACK : host;
  }

  /// Whether a request with this `Host` header is meant for this server.
  boolean isNamedBy(String hostHeader) {
    String given = lower(hostHeader.replaceFirst(":[0-9]*$", ""));
    return Stream.concat(Stream.of(LOOPBACK, "localhost", ownName()), names.stream())
        .anyMatch(name -> lower(name).equals(given));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
