package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestCa;
import dev.paceline.load.fixture.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server whose certificate is of a private CA: when load believes it, and what it says when it
/// does not.
final class TlsTest extends LoadTestCase {

  private static final String OWN = "PACELINE_WAREHOUSE_CA";
  private static final String BUNDLE = "PACELINE_CA_BUNDLE";

  @BeforeEach
  void createLake() {
    shop().valueOf("text");
    lake("shop").create();
  }

  private LoadRun load(String url, Map<String, String> settings, String... flags) {
    Loading loading = loading(lake("shop")).set("PACELINE_WAREHOUSE", url);
    settings.forEach(loading::set);
    return loading.load(
        Stream.concat(Stream.of("status", "shop"), Stream.of(flags)).toArray(String[]::new));
  }

  private TestCa ca(String folderName, String name) {
    return new TestCa(folder.resolve(folderName), name);
  }

  private static void assertDone(LoadRun run) {
    assertThat(run.exit()).as(run.output()).isZero();
  }

  private static void assertRefused(LoadRun run, String... words) {
    assertThat(run.exit()).as(run.output()).isEqualTo(78);
    assertThat(run.error()).startsWith("Connecting to ").contains(words);
    assertThat(run.output()).doesNotContain("\tat ");
  }

  @Test
  void believesAServerWhoseCaIsTheUsersOwnOrInTheBundleAndNoOther() throws IOException {
    TestCa ca = ca("ca", "Private CA");
    String stranger = ca("stranger", "Another CA").pem();
    String namesake = ca("namesake", "Private CA").pem();
    try (TlsServer server = TlsServer.start(ca.issue("server"))) {
      String url = server.url("localhost", "verify-full");
      assertDone(load(url, Map.of(OWN, ca.pem())));
      assertDone(load(url, Map.of(OWN, Files.readString(Path.of(ca.pem())))));
      assertDone(load(url, Map.of(), "--warehouse-ca", ca.pem()));
      assertDone(load(url, Map.of(BUNDLE, ca.pem())));
      assertDone(load(url, Map.of(BUNDLE, stranger, OWN, ca.pem())));
      assertDone(load(url, Map.of(BUNDLE, ca.pem(), OWN, stranger)));

      String reason = "is not signed by a CA that is trusted here; name the PEM file";
      assertRefused(load(url, Map.of()), reason, OWN);
      assertRefused(load(url, Map.of(BUNDLE, stranger)), reason, OWN);
      assertRefused(load(url, Map.of(OWN, stranger)), reason, OWN);
      assertRefused(load(url, Map.of(OWN, namesake)), reason, OWN);
    }
  }

  @Test
  void verifiesTheHostNameUnlessToldNotTo() {
    TestCa ca = ca("ca", "Private CA");
    try (TlsServer server = TlsServer.start(ca.issue("server"))) {
      assertRefused(
          load(server.url("127.0.0.1", "verify-full"), Map.of(OWN, ca.pem())),
          "the certificate of 127.0.0.1:",
          "is for another host name",
          "--warehouse");
      assertDone(load(server.url("127.0.0.1", "verify-ca"), Map.of(OWN, ca.pem())));
      assertDone(load(server.url("127.0.0.1", "require"), Map.of()));
    }
  }

  @Test
  void refusesACertificateThatHasExpired() {
    TestCa ca = ca("ca", "Private CA");
    try (TlsServer server =
        TlsServer.start(ca.issue("server", "-startdate", "-3d", "-validity", "1"))) {
      assertRefused(
          load(server.url("localhost", "verify-full"), Map.of(OWN, ca.pem())),
          "has expired or is not valid yet");
    }
  }

  @Test
  void refusesACertificateThatIsNotForServersAndSaysWhy() {
    TestCa ca = ca("ca", "Private CA");
    try (TlsServer server = TlsServer.start(ca.issue("server", "-ext", "eku=clientAuth"))) {
      assertRefused(
          load(server.url("localhost", "verify-full"), Map.of(OWN, ca.pem())),
          "was refused (Extended key usage does not permit use for TLS server authentication)",
          "replace the certificate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "verify-ca", "verify-full"})
  void refusesAServerWithoutTls(String mode) {
    assertRefused(
        load(warehouse.url() + "?sslmode=" + mode, Map.of()), "does not offer TLS", "sslmode");
  }

  @Test
  void readsItsCasOnlyWhereItVerifies() {
    String absent = folder.resolve("absent.pem").toString();
    for (String setting : new String[] {OWN, BUNDLE}) {
      LoadRun run = load(warehouse.url() + "?sslmode=verify-full", Map.of(setting, absent));
      assertThat(run.exit()).as(run.output()).isEqualTo(78);
      assertThat(run.error()).contains(absent, "cannot be read", setting);
      assertDone(load(warehouse.url(), Map.of(setting, absent)));
    }
    LoadRun flag =
        load(warehouse.url() + "?sslmode=verify-full", Map.of(), "--warehouse-ca", absent);
    assertThat(flag.exit()).as(flag.output()).isEqualTo(64);
    assertThat(flag.error()).contains(absent, "--warehouse-ca");
  }
}
