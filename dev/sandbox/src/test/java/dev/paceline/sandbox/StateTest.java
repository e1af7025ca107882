package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateTest {
  @TempDir private Path folder;

  @Test
  void resumesAfterARestart() {
    String file = folder.resolve("state.json").toString();
    String old;
    String token;
    JsonNode activities;
    JsonNode athletes;
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file)) {
      old = sandbox.refreshToken();
      token = sandbox.token();
      sandbox.advance("PT3H");
      JsonNode before = sandbox.activities();
      sandbox.control(
          "PATCH",
          "/activities/" + before.get(0).path("id").asText(),
          "{\"name\":\"Kept\",\"gear_id\":null}");
      sandbox.control("POST", "/activities/" + before.get(1).path("id").asText() + "/hide", "");
      sandbox.control("DELETE", "/activities/" + before.get(2).path("id").asText(), "");
      sandbox.control(
          "POST",
          "/athletes/" + sandbox.athlete() + "/activities",
          "{\"name\":\"Added\",\"distance\":1234.50}");
      activities = sandbox.activities();
      athletes = sandbox.athletes();
    }
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file)) {
      assertThat(sandbox.control("GET", "/clock", "").json().path("now").asText())
          .isEqualTo("2026-07-15T15:00:00Z");
      assertThat(sandbox.athletes()).isEqualTo(athletes);
      assertThat(sandbox.activities()).isEqualTo(activities);
      assertThat(sandbox.activities())
          .extracting(activity -> activity.path("name").asText())
          .contains("Kept", "Added");
      assertThat(sandbox.get("/api/v3/athlete", token).status()).isEqualTo(200);
      assertThat(sandbox.refresh(old).status()).isEqualTo(400);
    }
  }

  @Test
  void keepsTheOldTokenValidWhenTheNewOneCannotBeSaved() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    try (RunningSandbox sandbox =
        RunningSandbox.atNoon("--state", kept.resolve("state.json").toString())) {
      String old = sandbox.refreshToken();
      Path away = Files.move(kept, folder.resolve("away"));

      assertThat(sandbox.refresh(old).status()).isEqualTo(500);

      Files.move(away, kept);
      assertThat(sandbox.refresh(old).status()).isEqualTo(200);
    }
  }

  @Test
  void keepsItsFirstDayWhenStartedLater() {
    String file = folder.resolve("state.json").toString();
    JsonNode activities;
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file)) {
      sandbox.advance("P40D");
      activities = sandbox.activities();
    }
    try (RunningSandbox sandbox =
        RunningSandbox.with(
            "--state",
            file,
            "--clock",
            "2026-12-24T05:00:00Z",
            "--years",
            "2",
            "--limits",
            "off")) {
      assertThat(sandbox.activities()).isEqualTo(activities);
    }
  }

  @Test
  void isReadableOnlyByItsOwnerAndLeavesNoOtherFile() throws IOException {
    Path file = folder.resolve("state.json");
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file.toString())) {
      sandbox.advance("PT1H");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }

  @Test
  void rejectsTheStateOfAnotherSandbox() throws IOException {
    Path file = folder.resolve("state.json");
    RunningSandbox.atNoon("--state", file.toString()).close();
    assertThatThrownBy(() -> RunningSandbox.atNoon("--state", file.toString(), "--seed", "7"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("another sandbox");
    Files.writeString(file, "{\"origin\":");
    assertThatThrownBy(() -> RunningSandbox.atNoon("--state", file.toString()))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("was not written by this sandbox");
  }

  @Test
  void keepsScopesRevocationsAndEditsOfAthletesAndGear() {
    String file = folder.resolve("state.json").toString();
    String bike;
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file, "--athletes", "2")) {
      sandbox.setScopes("read", "activity:read");
      long other = sandbox.athletes().get(1).path("id").longValue();
      sandbox.control("POST", "/athletes/" + other + "/revoke", "");
      sandbox.control("PATCH", "/athletes/" + sandbox.athlete(), "{\"lastname\":\"Kept\"}");
      sandbox.setScopes("read", "profile:read_all");
      bike = sandbox.get("/api/v3/athlete").json().path("bikes").get(0).path("id").asText();
      sandbox.control("PATCH", "/gear/" + bike, "{\"retired\":true}");
    }
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--state", file, "--athletes", "2")) {
      assertThat(sandbox.athletes().get(0).path("scopes"))
          .extracting(JsonNode::asText)
          .containsExactly("read", "profile:read_all");
      assertThat(sandbox.athletes().get(1).path("refresh_token").isNull()).isTrue();
      JsonNode athlete = sandbox.get("/api/v3/athlete").json();
      assertThat(athlete.path("lastname").asText()).isEqualTo("Kept");
      assertThat(athlete.path("bikes").get(0).path("retired").booleanValue()).isTrue();
    }
  }

  @Test
  void rejectsAStateFileOfAnotherVersionWithASentence() throws IOException {
    Path file = folder.resolve("state.json");
    RunningSandbox.atNoon("--state", file.toString()).close();
    Files.writeString(
        file, Files.readString(file).replaceAll("\"athletes\"\\s*:\\s*\\{\\s*},?", ""));

    assertThatThrownBy(() -> RunningSandbox.atNoon("--state", file.toString()))
        .isInstanceOfSatisfying(
            SandboxException.class, rejected -> assertThat(rejected.exitCode()).isEqualTo(78))
        .hasMessageContaining("another version");
  }

  @Test
  void rejectsFewerAthletesThanTheStateHas() {
    String file = folder.resolve("state.json").toString();
    RunningSandbox.atNoon("--state", file, "--athletes", "3").close();
    assertThatThrownBy(() -> RunningSandbox.atNoon("--state", file, "--athletes", "2"))
        .isInstanceOfSatisfying(
            SandboxException.class, rejected -> assertThat(rejected.exitCode()).isEqualTo(78))
        .hasMessageContaining("give --athletes 3");
  }
}
