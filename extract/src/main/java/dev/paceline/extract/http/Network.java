package dev.paceline.extract.http;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.trust.TrustedCertificates;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;

/// How a source is reached: the proxies, and the trusted certificates.
///
/// @param trust absent if only the JDK's certificates are trusted
record Network(Proxies proxies, Optional<SSLContext> trust) {

  static Network of(Environment environment, Settings settings) {
    return new Network(
        Proxies.of(environment.variables()),
        settings
            .given("ca_file")
            .map(file -> TrustedCertificates.read(environment.folder(), file))
            .map(file -> TrustedCertificates.ofJdk().and(file).context()));
  }

  PoolingHttpClientConnectionManager connections(HttpLimits limits) {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .useSystemProperties()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(limits.connect()))
                    .setSocketTimeout(Timeout.of(limits.read()))
                    .build());
    trust.map(DefaultClientTlsStrategy::new).ifPresent(connections::setTlsSocketStrategy);
    return connections.build();
  }

  /// A client that does not retry requests or follow redirects on its own.
  CloseableHttpClient client(HttpClientConnectionManager connections, HttpLimits limits) {
    HttpClientBuilder client =
        HttpClients.custom()
            .setRoutePlanner(proxies)
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(limits.read())).build())
            .disableAutomaticRetries() // see RetryPolicy
            .disableRedirectHandling() // a redirect could carry the token to another host
            .disableCookieManagement()
            .setUserAgent("paceline");
    proxies.credentials().ifPresent(client::setDefaultCredentialsProvider);
    return client.build();
  }
}
