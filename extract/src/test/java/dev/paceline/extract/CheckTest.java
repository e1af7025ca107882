package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Complete runs of `extract check`.
class CheckTest extends SyncTestCase {

  @Test
  void testsATokenByOneCallAndReportsTheBudget() {
    assertThat(check()).isZero();

    assertThat(api.calls("/")).containsExactly("/api/v3/athlete");
    assertThat(account().path("status").asText()).isEqualTo("done");
    assertThat(account().path("asked").asBoolean()).isTrue();
    assertThat(account().path("token").path("expires_at").asText())
        .isEqualTo("2026-11-01T11:07:00Z");
    JsonNode window = report().path("budget").path(0);
    assertThat(window.path("limit").asText()).isEqualTo("overall");
    assertThat(window.path("left").asLong()).isEqualTo(999_999);
    assertThat(window.path("resets_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
    assertThat(report().path("budget")).hasSize(4);
  }

  @Test
  void storesTheTokenThatItRenews() {
    check();

    assertThat(storedToken()).contains("refresh-1");
    assertThat(output()).doesNotContain("refresh-", "access-", "app-secret");
  }

  @Test
  void makesNoCallOffline() {
    assertThat(check("--offline")).isZero();

    assertThat(api.tokenCalls()).isZero();
    assertThat(api.calls("/")).isEmpty();
    assertThat(state()).isEqualTo("due");
    assertThat(account().path("asked").asBoolean(true)).isFalse();
  }

  @Test
  void reportsAValidToken() {
    hasToken(
        "anna",
        "{\"refresh_token\":\"refresh-0\",\"access_token\":\"access-0\",\"expires_at\":%d}"
            .formatted(Instant.now().plusSeconds(7_200).getEpochSecond()));

    assertThat(check("--offline")).isZero();

    assertThat(state()).isEqualTo("good");
  }

  @Test
  void reportsEachAccountAndExitsWithTheGravest() {
    assertThat(check("--account", "ben", "--account", "anna")).isEqualTo(77);

    assertThat(state()).isEqualTo("absent");
    assertThat(remedy()).endsWith("extract authorize strava --account ben");
    assertThat(report().path("accounts").path(1).path("status").asText()).isEqualTo("done");
  }

  @Test
  void reportsARevokedTokenWithoutACall() {
    api.revokes();
    check();

    assertThat(check()).isEqualTo(77);

    assertThat(api.tokenCalls()).isEqualTo(1);
    assertThat(state()).isEqualTo("revoked");
    assertThat(account().path("asked").asBoolean(true)).isFalse();
    assertThat(check("--offline")).isEqualTo(77);
    assertThat(remedy()).endsWith("extract authorize strava --account anna");
  }

  @Test
  void reportsMissingScopesAndTheirStreams() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"scope\":\"read,activity:read_all\"}");

    assertThat(check("--offline")).isZero();

    assertThat(account().path("missing"))
        .extracting(JsonNode::asText)
        .containsExactly("profile:read_all", "read_all");
    assertThat(account().path("streams_missing"))
        .extracting(JsonNode::asText)
        .containsExactly("athlete_zones", "clubs");
  }

  @Test
  void refusesATokenThatCannotReadActivities() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"scope\":\"read,profile:read_all\"}");

    assertThat(check("--offline")).isEqualTo(77);

    assertThat(remedy()).endsWith("extract authorize strava --account anna");
  }

  @Test
  void reportsATokenInAReadOnlyStore() {
    variables.put("PACELINE_STRAVA_TOKEN_ANNA", "refresh-0");
    terminal = true;

    assertThat(check("--offline", "--tokens", "env:")).isZero();

    assertThat(output()).contains("env:PACELINE_STRAVA_TOKEN_ANNA (read-only");
  }

  @Test
  void reportsWhenTheBudgetIsAvailableAgain() {
    api.allows(1);
    check();

    assertThat(check()).isEqualTo(75);

    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
  }

  @Test
  void makesNoCallBeyondTheBudgetThatTheLastSyncLeft() {
    api.allows(1);
    assertThat(sync()).isEqualTo(75);
    int calls = api.calls("/").size();

    assertThat(check()).isEqualTo(75);

    assertThat(api.calls("/")).hasSize(calls);
    assertThat(account().path("asked").asBoolean(true)).isFalse();
    assertThat(report().path("budget").path(0).path("left").asLong(-1)).isZero();
  }

  @Test
  void reportsTheBudgetOfTheLastSyncOffline() {
    sync();

    assertThat(check("--offline")).isZero();

    assertThat(report().path("budget")).hasSize(4);
  }

  @Test
  void warnsAboutASecretThatEverybodyCanRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "app-secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "file:" + secret);

    assertThat(check()).isZero();

    assertThat(output()).contains("can read the secret PACELINE_STRAVA_CLIENT_SECRET in");
    assertThat(output()).doesNotContain("app-secret");
  }

  @Test
  void needsNoLake() {
    variables.remove("PACELINE_LAKE");

    assertThat(check()).isZero();
  }

  @Test
  void checksTokensBeforeTheFirstSyncAndCreatesNoLake() {
    assertThat(check()).isZero();

    assertThat(output())
        .contains("The budget that the last run left is unknown", "there is no lake");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void checksTokensWhenTheLakeIsUnavailable() throws IOException {
    Files.writeString(folder.resolve("lake"), "not a folder");

    assertThat(check()).isZero();

    assertThat(output()).contains("The budget that the last run left is unknown");
    assertThat(check("--lake", "ftp://lake")).isEqualTo(64);
  }

  @Test
  void showsAFewLinesOnATerminal() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"scope\":\"read,activity:read\"}");
    terminal = true;

    assertThat(check()).isZero();

    Path file = folder.resolve("tokens/strava-anna.json");
    assertThat(output())
        .contains("anna: valid until 2026-11-01T11:07:00Z, in " + file + "; the source accepts it")
        .contains("scopes: activity:read,read")
        .contains("athlete_zones, clubs cannot be read")
        .contains(
            "budget overall, per 15 minutes: 999,999 of 1,000,000 calls left until 2026-11-01T05:15:00Z");
  }

  private int check(String... more) {
    return run("check", "strava", more);
  }

  private String state() {
    return account().path("token").path("state").asText();
  }

  private String remedy() {
    return account().path("error").path("remedy").asText();
  }
}
