package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The choice of the proxy. The stubbed API is the proxy: nothing else could respond for a host
/// that does not exist.
class ProxyTest extends HttpTestCase {

  private static final String NOWHERE = "http://source.invalid";

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_PROXY", "http_proxy"})
  void usesTheProxyOfTheEnvironment(String variable) {
    api.usesVariables(Map.of(variable, api.url()));
    api.respondsWith("/things", WireMock.okJson("[\"by proxy\"]"));

    assertThat(found(get(api.client(NOWHERE)))).isEqualTo("[\"by proxy\"]");
    assertThat(api.header("Host")).containsExactly("source.invalid");
  }

  @Test
  void authenticatesToAProxy() {
    String basic = Base64.getEncoder().encodeToString("ann:p@ss".getBytes(StandardCharsets.UTF_8));
    api.usesVariables(Map.of("HTTP_PROXY", api.url().replace("http://", "http://ann:p%40ss@")));
    api.respondsWith(
        "/things", WireMock.status(407).withHeader("Proxy-Authenticate", "Basic realm=\"office\""));
    api.server()
        .stubFor(
            WireMock.get(WireMock.urlPathEqualTo("/things"))
                .withHeader("Proxy-Authorization", WireMock.equalTo("Basic " + basic))
                .willReturn(WireMock.okJson("[]")));

    assertThat(found(get(api.client(NOWHERE)))).isEqualTo("[]");
  }

  @Test
  void prefersTheJvmsProxy() {
    api.usesVariables(Map.of("HTTP_PROXY", "http://127.0.0.1:1"));
    api.respondsWith("/things", WireMock.okJson("[]"));
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", String.valueOf(api.server().port()));
    try {
      assertThat(found(get(api.client(NOWHERE)))).isEqualTo("[]");
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.org, true",
    "example.org, true",
    ".example.org, true",
    "*.example.org, true",
    "EXAMPLE.ORG, true",
    "*, true",
    "'localhost, example.org', true",
    "example.org:443, false",
    "api.example.org:443, true",
    "ample.org, false",
    "example.com, false",
    "' ', false"
  })
  void bypassesTheProxyForNoProxyHosts(String noProxy, boolean direct) throws HttpException {
    Proxies proxies =
        Proxies.of(Map.of("HTTPS_PROXY", "proxy.example.net:3128", "NO_PROXY", noProxy));

    HttpHost proxy =
        proxies.determineProxy(
            new HttpHost("https", "api.example.org", 443), HttpCoreContext.create());

    assertThat(proxy).isEqualTo(direct ? null : new HttpHost("http", "proxy.example.net", 3128));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.1.2.3, true",
    "localhost, true",
    "LOCALHOST, true",
    "::1, true",
    "[::1], true",
    "localhost.example.org, false",
    "10.0.0.1, false"
  })
  void neverCallsLoopbackThroughAProxy(String host, boolean direct) throws HttpException {
    Proxies environment = Proxies.of(Map.of("http_proxy", "proxy.example.net:3128"));
    HttpHost target = new HttpHost("http", host, 8090);

    assertThat(environment.determineProxy(target, HttpCoreContext.create()) == null)
        .isEqualTo(direct);
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.nonProxyHosts", "intranet");
    try {
      HttpHost proxy = Proxies.of(Map.of()).determineProxy(target, HttpCoreContext.create());
      assertThat(proxy == null).isEqualTo(direct);
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:hush@proxy:1080",
        "http://",
        "http://a b",
        "http://me:hush@proxy:70000"
      })
  void refusesAnInvalidProxyWithoutPrintingItsPassword(String address) {
    assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", address)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("hush");
  }
}
