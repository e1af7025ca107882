package dev.paceline.load.postgres;

import dev.paceline.cli.trust.TrustedCertificates;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.WrappedFactory;

/// Makes the driver verify a server's certificate by the authorities that it is given. Left alone,
/// the driver trusts those in `~/.postgresql/root.crt`, and never those of the JDK.
///
/// The driver makes one for each connection, by name and from one text, so what has been prepared
/// is found by a number in that text.
public final class VerifyingSocketFactory extends WrappedFactory {

  private static final Map<String, Prepared> PREPARED = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /// The JDK's name for the rules by which a certificate is for a host, which are also Postgres's.
  private static final String HOST_NAME_RULES = "HTTPS";

  private final boolean forHost;

  /// What the connections of a warehouse have in common; sharing the context lets a TLS session be
  /// resumed.
  private record Prepared(SSLContext context, boolean forHost) {}

  /// Called by the driver.
  public VerifyingSocketFactory(String number) {
    Prepared prepared = PREPARED.get(number);
    if (prepared == null) {
      throw new IllegalArgumentException("Nothing was prepared as " + number);
    }
    this.factory = prepared.context().getSocketFactory();
    this.forHost = prepared.forHost();
  }

  /// Makes a server's connections use it.
  ///
  /// @param forHost whether the certificate must be for the server's host name
  static void use(PGSimpleDataSource server, TrustedCertificates trusted, boolean forHost) {
    String number = Integer.toString(NUMBERS.incrementAndGet());
    PREPARED.put(number, new Prepared(trusted.context(), forHost));
    server.setSslfactory(VerifyingSocketFactory.class.getName());
    server.setSslFactoryArg(number);
  }

  /// Wraps a connection in TLS. The host name is verified during the handshake: the driver does so
  /// only after it, and reports it like a lost connection.
  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    Socket created = super.createSocket(plain, host, port, autoClose);
    if (forHost && created instanceof SSLSocket socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(HOST_NAME_RULES);
      socket.setSSLParameters(parameters);
    }
    return created;
  }
}
