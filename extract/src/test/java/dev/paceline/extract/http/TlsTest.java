package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS with a certificate that is not trusted by default.
class TlsTest {

  private static final String PASSWORD = "password";

  @TempDir static Path folder = Path.of("");

  private static WireMockServer server = new WireMockServer();

  @BeforeAll
  static void serve() throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        "-genkeypair -alias server -keyalg EC -dname CN=source -ext san=ip:127.0.0.1 -storetype"
            + " PKCS12 -storepass password -keystore "
            + store);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Files.writeString(folder.resolve("ca.pem"), pem(keys.getCertificate("server")));
    }
    server =
        new WireMockServer(
            StubbedApi.onLoopback()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(store.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    server.start();
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("[\"secure\"]")));
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  private static void keytool(String arguments) throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(keytool.toString()));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }

  private static String pem(Certificate certificate) throws Exception {
    return "This authority signs for itself.\n-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static ApiClient client(Map<String, String> variables) {
    Environment environment = new Environment(variables, folder, System.out, System.err, false);
    ApiClock clock = new ApiClock(Clock.systemUTC());
    HttpTransport transport =
        HttpTransport.open(
            environment,
            Settings.read(environment),
            new RetryPolicy(Duration.ofMillis(1), RandomGenerator.getDefault()),
            new Pause(Thread::sleep, () -> false),
            clock);
    return new ApiClient(
        transport,
        URI.create("https://127.0.0.1:" + server.httpsPort()),
        List.of(),
        new RateGate(new Budget(List.of()), clock),
        Optional.empty());
  }

  @Test
  void trustsTheCertificatesOfTheFile() {
    ApiClient client = client(Map.of("PACELINE_CA_FILE", "ca.pem"));

    assertThat(HttpTestCase.found(HttpTestCase.get(client))).isEqualTo("[\"secure\"]");
  }

  @Test
  void trustsNoOtherCertificateAndNamesTheRemedy() {
    ApiClient client = client(Map.of());

    Failure failure = HttpTestCase.failure(client);

    assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(failure.remedy()).contains("PACELINE_CA_FILE");
    assertThat(client.totalCalls()).as("a certificate error is not retried").isOne();
  }

  @Test
  void reportsAFileWithoutACertificate() throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(
        folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----");

    for (String file : List.of("absent.pem", "empty.pem", "broken.pem")) {
      assertThatThrownBy(() -> client(Map.of("PACELINE_CA_FILE", file)))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
          .hasMessageContaining(file)
          .hasMessageContaining("PACELINE_CA_FILE");
    }
  }
}
