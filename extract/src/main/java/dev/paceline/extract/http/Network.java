package dev.paceline.extract.http;

import dev.paceline.lake.cli.Environment;
import dev.paceline.lake.cli.Settings;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The way from here to a source: through which proxy, and whose certificates are believed.
///
/// @param trust absent where only what the JDK trusts is trusted
record Network(Proxies proxies, Optional<SSLContext> trust) {

  static Network of(Environment environment, Settings settings) {
    return new Network(
        Proxies.of(environment.variables()),
        settings
            .find("ca_file")
            .map(file -> TrustedCertificates.besideTheJdks(environment.folder().resolve(file))));
  }
}
