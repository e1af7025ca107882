package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens: renewed in time, stored before use, never printed.
class TokenTest extends SyncTestCase {

  @Test
  void storesTheNewTokenForThisUserAlone() throws IOException {
    sync();

    Path file = folder.resolve("tokens/strava-anna.json");
    assertThat(Json.MAPPER.readTree(file.toFile()).path("refresh_token").asText())
        .isEqualTo("refresh-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void hasStoredTheNewTokenBeforeItsFirstUse() {
    List<String> storedAtCall = new ArrayList<>();
    api.afterEachCall(() -> storedAtCall.add(storedToken()));

    sync();

    // First the token call itself, which finds the old one stored, then calls that use the new.
    assertThat(storedAtCall.getFirst()).contains("refresh-0");
    assertThat(storedAtCall.subList(1, storedAtCall.size()))
        .isNotEmpty()
        .allSatisfy(stored -> assertThat(stored).contains("refresh-1").contains("access-1"));
  }

  @Test
  void usesATokenAgainWhileItIsGood() {
    sync();
    Instant now = Instant.now();
    hasToken(
        "anna",
        "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_at\":%d}"
            .formatted(now.plusSeconds(7_200).getEpochSecond()));

    assertThat(sync()).isZero();

    assertThat(api.refreshToken()).as("no second rotation").isEqualTo("refresh-1");
  }

  @Test
  void renewsATokenThatTheSourceRefuses() {
    hasToken(
        "anna",
        "{\"access_token\":\"stale\",\"refresh_token\":\"refresh-0\",\"expires_at\":%d}"
            .formatted(Instant.now().plusSeconds(7_200).getEpochSecond()));
    api.hasActivities(1);

    assertThat(sync()).isZero();

    assertThat(records("anna", "activities")).hasSize(1);
  }

  @Test
  void saysThatADeadRefreshTokenNeedsTheAthlete() {
    api.revokes();

    assertThat(sync()).isEqualTo(77);

    assertThat(account().path("error").path("remedy").asText())
        .contains("anna")
        .contains("authorize");
  }

  @Test
  void saysThatTheApplicationsSecretIsWrong() {
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "wrong-secret");

    assertThat(sync()).isEqualTo(77);

    assertThat(account().path("error").path("remedy").asText()).contains("20001");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("wrong-secret");
  }

  @Test
  void refusesATokenThatOthersCanRead() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("tokens/strava-anna.json"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("remedy").asText()).contains("chmod 600");
  }

  @Test
  void printsNoSecret() {
    api.hasActivities(2);

    sync("--verbose");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("/athlete/activities")
        .doesNotContain("app-secret", "refresh-0", "refresh-1", "access-1");
  }

  @Test
  void keepsTheOldRefreshTokenWhereTheAnswerHasNone() {
    api.answersTokensWith("{\"access_token\":\"access-0\",\"expires_at\":4102444800}");

    assertThat(sync()).isZero();

    assertThat(storedToken()).contains("refresh-0").contains("access-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "{\"access_token\":\"access-0\"}", "<html>"})
  void leavesTheStoredTokenAloneWhereTheAnswerIsNone(String answer) {
    String before = storedToken();
    api.answersTokensWith(answer);

    assertThat(sync()).isEqualTo(69);

    assertThat(storedToken()).isEqualTo(before);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("access-0");
  }

  @Test
  void saysWhichScopeIsMissing() {
    for (int i = 0; i < 2; i++) {
      api.failsWith(request ->
          WireMock.jsonResponse(
              "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\","
                  + "\"field\":\"activity:read_permission\",\"code\":\"missing\"}]}",
              401));
    }

    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("what").asText()).contains("activity:read_permission");
  }

  @Test
  void refusesATokenStoreThatIsNoFolder() {
    assertThat(sync("--tokens", "file:///a b")).isEqualTo(64);
    assertThat(sync("--tokens", "s3://bucket/tokens")).isEqualTo(64);
  }
}
