package dev.paceline.cli.trust;

import dev.paceline.cli.Given;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificates of the authorities that may sign a server's. Files are read when this is made,
/// so a wrong one is found before anything connects.
public record TrustedCertificates(List<Certificate> all) {

  public TrustedCertificates {
    all = List.copyOf(all);
  }

  /// Those that the JDK trusts: its own, or those of `javax.net.ssl.trustStore`.
  public static TrustedCertificates ofJdk() {
    List<Certificate> all = new ArrayList<>();
    for (X509TrustManager manager : managers(null)) {
      all.addAll(Arrays.asList(manager.getAcceptedIssuers()));
    }
    return new TrustedCertificates(all);
  }

  /// Those of a PEM file, or of the text of one: a container may have no way to a file.
  ///
  /// @param folder which a relative path starts from
  /// @param given the setting that names the file, or has its text
  /// @throws Failure if it cannot be read, or holds anything but certificates
  public static TrustedCertificates read(Path folder, Given given) {
    try {
      byte[] pem =
          isText(given)
              ? given.value().getBytes(StandardCharsets.UTF_8)
              : Files.readAllBytes(folder.resolve(given.value()));
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (certificates.isEmpty()) {
        throw unusable(given, "it contains no certificate");
      }
      return new TrustedCertificates(List.copyOf(certificates));
    } catch (CertificateException malformed) {
      throw unusable(given, "it contains something that is not a certificate");
    } catch (IOException | InvalidPathException unreadable) {
      throw unusable(given, "it cannot be read");
    }
  }

  /// No file is named so, and comments may come before it. Whatever else is PEM, such as a key,
  /// must not be shown as a file's name.
  private static boolean isText(Given given) {
    return given.value().contains("-----BEGIN ");
  }

  private static Failure unusable(Given given, String what) {
    return isText(given)
        ? new Failure(
            given.exit(),
            "Reading the certificates in " + given.name(),
            what,
            "put the whole text of a PEM file into it, with its line breaks")
        : new Failure(
            given.exit(),
            "Reading the certificates of " + Quoted.of(given.value()),
            what,
            "name a PEM file in " + given.name());
  }

  /// These and others.
  public TrustedCertificates and(TrustedCertificates others) {
    List<Certificate> both = new ArrayList<>(all);
    both.addAll(others.all);
    return new TrustedCertificates(both);
  }

  /// A TLS context that trusts these certificates and no other.
  public SSLContext context() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (int i = 0; i < all.size(); i++) {
        trusted.setCertificateEntry("trusted-" + i, all.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted).toArray(TrustManager[]::new), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw broken(broken);
    }
  }

  /// The JDK's trust managers.
  ///
  /// @param trusted the certificates that they trust; the JDK's own if null
  private static List<X509TrustManager> managers(@Nullable KeyStore trusted) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .toList();
    } catch (GeneralSecurityException broken) {
      throw broken(broken);
    }
  }

  private static IllegalStateException broken(Exception cause) {
    return new IllegalStateException("The JDK cannot make a trust store.", cause);
  }
}
