package dev.paceline.extract.http;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.HttpAddress;
import dev.paceline.cli.failure.Quoted;
import dev.paceline.cli.failure.Redacted;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Chooses the proxy of a call: the JVM's if one is set (`-Dhttps.proxyHost=…`), otherwise the one
/// that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` specify, in upper or lower case, otherwise none.
///
/// `NO_PROXY` is `*`, or hosts separated by commas; a host includes its subdomains. Loopback is
/// always called directly: a proxy would call itself.
final class Proxies extends SystemDefaultRoutePlanner {

  private final Map<String, URI> proxies;
  private final List<String> direct;

  private Proxies(Map<String, URI> proxies, List<String> direct) {
    super(ProxySelector.getDefault());
    this.proxies = proxies;
    this.direct = direct;
  }

  static Proxies of(Map<String, String> variables) {
    Map<String, URI> proxies = new TreeMap<>();
    for (String scheme : List.of("http", "https")) {
      String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
      find(variables, name).ifPresent(address -> proxies.put(scheme, parse(name, address)));
    }
    List<String> direct =
        Arrays.stream(find(variables, "NO_PROXY").orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(host -> !host.isEmpty())
            .toList();
    return new Proxies(proxies, direct);
  }

  private static Optional<String> find(Map<String, String> variables, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(spelling -> Optional.ofNullable(variables.get(spelling)).stream())
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static URI parse(String name, String address) {
    try {
      URI proxy = new URI(address.contains("://") ? address : "http://" + address);
      if ("http".equals(proxy.getScheme())
          && proxy.getHost() != null
          && HttpAddress.isPort(proxy.getPort())) {
        return proxy;
      }
      throw invalidProxy(name, address);
    } catch (URISyntaxException malformed) {
      throw invalidProxy(name, address);
    }
  }

  private static Failure invalidProxy(String name, String address) {
    return new Failure(
        Exit.CONFIGURATION,
        "Reading " + name,
        "%s is not a proxy address".formatted(Quoted.of(Redacted.address(address))),
        "give http://host:port, with no port above 65535");
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context)
      throws HttpException {
    if (isLoopback(target.getHostName())) {
      return null;
    }
    if (System.getProperty(target.getSchemeName() + ".proxyHost") != null) {
      return super.determineProxy(target, context);
    }
    URI proxy = proxies.get(target.getSchemeName());
    return proxy == null || isDirect(target) ? null : host(proxy);
  }

  private boolean isDirect(HttpHost target) {
    String name = target.getHostName().toLowerCase(Locale.ROOT);
    String withPort = "%s:%d".formatted(name, target.getPort());
    return direct.stream()
        .anyMatch(host ->
            host.equals("*")
                || host.equals(name)
                || host.equals(withPort)
                || name.endsWith("." + host));
  }

  private static boolean isLoopback(String name) {
    return name.equalsIgnoreCase("localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.matches("\\[?::1]?");
  }

  private static HttpHost host(URI proxy) {
    return new HttpHost("http", proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
  }

  /// The credentials in the proxy addresses (`http://user:password@host:port`); empty if there are
  /// none.
  Optional<CredentialsProvider> credentials() {
    List<URI> withCredentials =
        proxies.values().stream().filter(proxy -> proxy.getUserInfo() != null).toList();
    if (withCredentials.isEmpty()) {
      return Optional.empty();
    }
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    for (URI proxy : withCredentials) {
      String[] userInfo = proxy.getUserInfo().split(":", 2);
      char[] password = (userInfo.length < 2 ? "" : userInfo[1]).toCharArray();
      credentials.setCredentials(
          new AuthScope(host(proxy)), new UsernamePasswordCredentials(userInfo[0], password));
    }
    return Optional.of(credentials);
  }
}
