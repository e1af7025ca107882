package dev.paceline.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.Given;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedCertificatesTest {

  @TempDir Path folder = Path.of("");

  private static Given setting(String file) {
    return new Given("PACELINE_WAREHOUSE_CA", file, Exit.CONFIGURATION);
  }

  private static String pem(Certificate certificate) throws CertificateEncodingException {
    return "What is outside of the lines is a comment.\n-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Test
  void readsEveryCertificateOfAFileAndKeepsTheJdks() throws Exception {
    TrustedCertificates jdks = TrustedCertificates.ofJdk();
    List<Certificate> two = jdks.all().subList(0, 2);
    Files.writeString(folder.resolve("ca.pem"), pem(two.getFirst()) + pem(two.getLast()));

    TrustedCertificates own = TrustedCertificates.read(folder, setting("ca.pem"));

    assertThat(own.all()).isEqualTo(two);
    assertThat(jdks.and(own).all()).containsAll(jdks.all()).endsWith(two.getFirst(), two.getLast());
  }

  @Test
  void readsTheTextOfAFile() throws Exception {
    List<Certificate> two = TrustedCertificates.ofJdk().all().subList(0, 2);
    String text = pem(two.getFirst()) + pem(two.getLast());
    String withoutComment = text.substring(text.indexOf('-'));

    assertThat(TrustedCertificates.read(folder, setting("Für uns:\n" + text)).all()).isEqualTo(two);
    assertThat(TrustedCertificates.read(folder, setting(withoutComment)).all()).isEqualTo(two);
    assertThat(TrustedCertificates.read(folder, setting("  " + withoutComment)).all())
        .isEqualTo(two);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nsecret\n-----END PUBLIC KEY-----\n",
        "Ours:\n-----BEGIN PUBLIC KEY-----\nsecret\n-----END PUBLIC KEY-----\n",
      })
  void saysWhatIsWrongWithATextWithoutShowingIt(String text) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> TrustedCertificates.read(folder, setting(text)))
        .returns(Exit.CONFIGURATION, Failure::exit)
        .returns("Reading the certificates in PACELINE_WAREHOUSE_CA", Failure::doing)
        .returns("it contains something that is not a certificate", Failure::what)
        .returns("put the whole text of a PEM file into it, with its line breaks", Failure::remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "absent.pem | it cannot be read",
        "a\0b       | it cannot be read",
        ".          | it cannot be read",
        "empty.pem  | it contains no certificate",
        "broken.pem | it contains something that is not a certificate",
      })
  void saysWhatIsWrongWithAFileAndWhereItWasNamed(String file, String what) throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(
        folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----");

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> TrustedCertificates.read(folder, setting(file)))
        .returns(Exit.CONFIGURATION, Failure::exit)
        .returns(what, Failure::what)
        .returns("name a PEM file in PACELINE_WAREHOUSE_CA", Failure::remedy);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> TrustedCertificates.read(folder, Given.flag("--warehouse-ca", file)))
        .returns(Exit.USAGE, Failure::exit);
  }
}
