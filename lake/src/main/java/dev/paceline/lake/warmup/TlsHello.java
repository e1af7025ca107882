package dev.paceline.lake.warmup;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The first message of a TLS connection, made and thrown away: by then the trust store is read,
/// and most of what a handshake needs is loaded. A stub would need a private key for more.
public final class TlsHello {

  private TlsHello() {}

  /// Makes it, and returns how many bytes it has.
  public static int make() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 443);
      engine.setUseClientMode(true);
      engine.beginHandshake();
      ByteBuffer message = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      return engine.wrap(ByteBuffer.allocate(0), message).bytesProduced();
    } catch (NoSuchAlgorithmException | SSLException broken) {
      throw new IllegalStateException("This JRE cannot begin a TLS connection.", broken);
    }
  }
}
