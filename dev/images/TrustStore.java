import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/// Makes a JRE's trust store of the certificates in a PEM file: java TrustStore.java PEM CACERTS
final class TrustStore {

  private TrustStore() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS"); // the JRE opens one of this type without a password
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(Path.of(arguments[0]))) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-%03d".formatted(number++), each);
      }
    }
    try (OutputStream cacerts = Files.newOutputStream(Path.of(arguments[1]))) {
      store.store(cacerts, "changeit".toCharArray());
    }
    System.out.println(arguments[1] + ": " + store.size() + " certificates");
  }
}
