package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Another user of the machine, and a web page whose host name points to it, get nothing.
final class AccessControlTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /control/athletes",
        "GET /control",
        "PUT /control/clock",
        "POST /control/faults",
        "GET /control/nothing"
      })
  void refusesAControlCallWithoutTheKey(String call) throws IOException {
    String[] words = call.split(" ", -1);
    RunningSandbox.Response wrong =
        sandbox.control(words[0], words[1].substring("/control".length()), "{}", "wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body())
        .contains(call, "Authorization: Bearer")
        .doesNotContain("refresh_token");
    assertThat(raw("%s HTTP/1.1\r\nHost: localhost\r\n".formatted(call))).contains(" 401 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%63ontrol/athletes",
        "//control/athletes",
        "/control//athletes",
        "/api/../control/athletes",
        "/control/athletes/",
        "/control/athletes;x=1",
        "/control%2Fathletes",
        "http://127.0.0.1/control/athletes"
      })
  void anotherSpellingOfThePathLeadsNoFurther(String path) throws IOException {
    assertThat(raw("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n".formatted(path)))
        .startsWith("HTTP/1.1 4")
        .doesNotContain("refresh_token");
  }

  @Test
  void aRefusedControlCallChangesNothing() {
    sandbox.control("PUT", "/clock", "{\"advance\":\"P1D\"}", "wrong");
    assertThat(sandbox.control("GET", "/clock", "").json().path("now").asText())
        .isEqualTo(RunningSandbox.NOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "0.0.0.0"})
  void refusesAForeignHost(String host) throws IOException {
    for (String path : new String[] {"/oauth/authorize", "/api/v3/athlete", "/control/athletes"}) {
      assertThat(raw("GET %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host)))
          .contains(" 421 ", "127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost:8090", "LocalHost"})
  void acceptsEveryNameOfTheLoopbackInterface(String host) throws IOException {
    assertThat(raw("GET /api/v3/athlete HTTP/1.1\r\nHost: %s\r\n".formatted(host)))
        .contains(" 401 ", "Authorization Error");
  }

  @Test
  void inAContainerItIsCalledByTheNamesItWasStartedFor() throws IOException {
    try (RunningSandbox named =
        RunningSandbox.atNoon("--host", "0.0.0.0", "--name", "sandbox", "--name", "strava.test")) {
      assertThat(named.url()).startsWith("http://127.0.0.1:");
      for (String host : new String[] {"sandbox:8090", "Strava.Test", "localhost"}) {
        assertThat(raw(named, "GET /api/v3/athlete HTTP/1.1\r\nHost: %s\r\n".formatted(host)))
            .contains(" 401 ");
      }
      for (String host : new String[] {"evil.example", "0.0.0.0", "sandbox.evil.example"}) {
        assertThat(raw(named, "GET /api/v3/athlete HTTP/1.1\r\nHost: %s\r\n".formatted(host)))
            .contains(" 421 ", "--name");
      }
    }
  }

  @Test
  void hasAnotherKeyAtEachStart() {
    try (RunningSandbox other = RunningSandbox.atNoon()) {
      assertThat(other.controlKey()).hasSizeGreaterThan(30).isNotEqualTo(sandbox.controlKey());
    }
  }

  @Test
  void whoDoesNotKnowTheClientSecretCannotGuessAToken() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t\n");
    try (RunningSandbox other = RunningSandbox.atNoon("--client-secret-file", secret.toString())) {
      assertThat(other.athlete()).isEqualTo(sandbox.athlete());
      assertThat(other.refreshToken()).isNotEqualTo(sandbox.refreshToken());
      assertThat(other.refresh(other.refreshToken()).status()).isEqualTo(400);
      String form = "client_id=20001&client_secret=s3cr3t&grant_type=refresh_token&refresh_token=";
      assertThat(other.postForm("/oauth/token", form + other.refreshToken()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void onlyTheOwnerCanReadTheReadyFile() throws IOException {
    Path file = folder.resolve("ready.json");
    ReadyFile.write(file, sandbox.server());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(RunningSandbox.parse(Files.readString(file)).path("control_key").asText())
        .isEqualTo(sandbox.controlKey());
  }

  /// The whole response to a request, whose `Host` a normal client would not send.
  private String raw(String head) throws IOException {
    return raw(sandbox, head);
  }

  private static String raw(RunningSandbox server, String head) throws IOException {
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String request = head + "Content-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
