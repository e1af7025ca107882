package dev.paceline.extract.http;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The trusted certificates: the JDK's, and those of a PEM file, e.g. of a company whose proxy
/// inspects TLS.
final class TrustedCertificates {

  private TrustedCertificates() {}

  /// A TLS context that trusts the certificates of a file as well as the JDK's.
  static SSLContext withJdkCertificates(Path file) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      List<Certificate> all = trusted(Optional.of(file));
      for (int i = 0; i < all.size(); i++) {
        trusted.setCertificateEntry("trusted-" + i, all.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted).toArray(TrustManager[]::new), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("The JDK cannot make a trust store.", broken);
    }
  }

  /// All trusted certificates.
  ///
  /// @param file empty for the JDK's only
  static List<Certificate> trusted(Optional<Path> file) throws GeneralSecurityException {
    List<Certificate> all = new ArrayList<>();
    file.map(TrustedCertificates::read).ifPresent(all::addAll);
    for (X509TrustManager manager : managers(null)) {
      all.addAll(Arrays.asList(manager.getAcceptedIssuers()));
    }
    return all;
  }

  /// The JDK's trust managers.
  ///
  /// @param trusted the certificates that they trust; the JDK's own if null
  private static List<X509TrustManager> managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .toList();
  }

  private static Collection<? extends Certificate> read(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw unusable(file, "it contains no certificate", null);
      }
      return certificates;
    } catch (CertificateException malformed) {
      throw unusable(file, "it contains something that is not a certificate", malformed);
    } catch (IOException unreadable) {
      throw unusable(file, "it cannot be read", unreadable);
    }
  }

  private static Failure unusable(Path file, String what, @Nullable Exception cause) {
    String doing = "Reading the certificates of " + file;
    String remedy = "name a PEM file in " + Settings.variableOf("ca_file");
    return cause == null
        ? new Failure(Exit.CONFIGURATION, doing, what, remedy)
        : new Failure(Exit.CONFIGURATION, doing, what, remedy, cause);
  }
}
