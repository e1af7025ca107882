package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens are renewed in time, stored before use, and never printed.
class TokenTest extends SyncTestCase {

  private static final String AUTHORIZE = "extract authorize strava --account anna";

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
  void storesTheNewTokenBeforeItsFirstUse() {
    List<String> storedAtCall = new ArrayList<>();
    api.afterEachCall(() -> storedAtCall.add(storedToken()));

    sync();

    // The first call is the refresh itself, when the old token is stored; the others use the new
    // one.
    assertThat(storedAtCall.getFirst()).contains("refresh-0");
    assertThat(storedAtCall.subList(1, storedAtCall.size()))
        .isNotEmpty()
        .allSatisfy(stored -> assertThat(stored).contains("refresh-1").contains("access-1"));
  }

  @Test
  void reusesATokenWhileItIsValid() {
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
  void endsARevokedAccountWithTheCommandToRun() {
    api.revokes();

    assertThat(sync()).isEqualTo(77);

    assertThat(remedy()).endsWith(AUTHORIZE);
    assertThat(storedToken()).contains("\"revoked_at\":\"2026-11-01T05:07:00Z\"");
  }

  @Test
  void makesNoFurtherCallForARevokedAccount() {
    api.revokes();
    sync();

    assertThat(sync()).isEqualTo(77);

    assertThat(api.tokenCalls()).isEqualTo(1);
    assertThat(remedy()).endsWith(AUTHORIZE);
  }

  @Test
  void triesAgainAfterTheRevokedTokenWasReplacedByHand() {
    api.revokes();
    sync();
    hasToken("anna", storedToken().replace("refresh-0", "another"));

    assertThat(sync()).isEqualTo(77);

    assertThat(api.tokenCalls()).isEqualTo(2);
  }

  @Test
  void doesNotMarkTheTokenWhenTheApplicationIsRefused() {
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "wrong-secret");
    String before = storedToken();

    sync();

    assertThat(storedToken()).isEqualTo(before);
  }

  @Test
  void usesTheTokenThatAnotherRunHasJustStored() {
    String other =
        "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_at\":4102444800}";
    api.rotates(); // the other run's refresh
    api.afterEachCall(() -> {
      if (api.calls("/").isEmpty()) {
        hasToken("anna", other);
      }
    });

    assertThat(sync()).isZero();

    assertThat(storedToken()).isEqualTo(other);
  }

  @Test
  void waitsForTheTokenThatASlowerRunIsAboutToStore() {
    String other =
        "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"expires_at\":4102444800}";
    api.rotates(); // the other run's refresh, whose response has not arrived yet
    duringEachPause = () -> hasToken("anna", slept.toSeconds() < 3 ? storedToken() : other);

    assertThat(sync()).isZero();

    assertThat(slept).isEqualTo(Duration.ofSeconds(3));
    assertThat(storedToken()).isEqualTo(other);
  }

  @Test
  void acceptsARefusalAfterAFewSeconds() {
    api.revokes();

    assertThat(sync()).isEqualTo(77);

    assertThat(slept).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void storesTheNewTokenOnceTheStoreIsAvailableAgain() {
    api.afterEachCall(() -> {
      if (api.calls("/").isEmpty()) {
        blockTheToken();
      }
    });
    duringEachPause =
        () -> {
          if (slept.toSeconds() > 10) {
            unblockTheToken();
          }
        };

    assertThat(sync()).isZero();

    assertThat(api.tokenCalls()).isEqualTo(1);
    assertThat(storedToken()).contains("refresh-1");
  }

  @Test
  void usesNeitherTokenWhenTheNewOneCannotBeStored() {
    api.afterEachCall(this::blockTheToken);

    assertThat(sync()).isEqualTo(77);

    assertThat(slept).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(api.tokenCalls()).isEqualTo(1);
    assertThat(api.calls("/")).isEmpty();
    assertThat(remedy()).endsWith(AUTHORIZE + " --force");
    assertThat(folder.resolve("tokens")).isDirectoryNotContaining("glob:**/.token-*");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "MALFORMED_RESPONSE_CHUNK"})
  void namesTheCommandWhenTheResponseWithTheNewTokenWasLost(Fault fault) {
    String before = storedToken();
    api.sendsTokenResponsesThrough(response -> response.withFault(fault));

    assertThat(sync()).isEqualTo(69);

    assertThat(api.tokenCalls()).as("never sent twice").isEqualTo(1);
    assertThat(storedToken()).isEqualTo(before);

    api.sendsTokenResponsesThrough(response -> response);
    assertThat(sync()).isEqualTo(77);
    assertThat(remedy()).endsWith(AUTHORIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 429, 500, 503})
  void keepsTheStoredTokenWhenTheEndpointFails(int status) {
    String before = storedToken();
    api.sendsTokenResponsesThrough(response -> WireMock.status(status));

    assertThat(sync()).isEqualTo(69);

    assertThat(api.tokenCalls()).as("never sent twice").isEqualTo(1);
    assertThat(storedToken()).isEqualTo(before);
  }

  @Test
  void acceptsExpiresInInsteadOfExpiresAt() throws IOException {
    api.returnsTokenResponse("{\"access_token\":\"access-0\",\"expires_in\":3600}");

    assertThat(sync()).isZero();

    assertThat(Json.MAPPER.readTree(storedToken()).path("expires_at").asLong())
        .isEqualTo(Instant.parse("2026-11-01T06:07:00Z").getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"expires_at\":9223372036854775807",
        "\"expires_in\":9223372036854775807",
        "\"expires_at\":-9223372036854775808"
      })
  void acceptsALifeThatEndsAfterAllTime(String life) {
    api.returnsTokenResponse("{\"access_token\":\"access-0\",%s}".formatted(life));

    assertThat(sync()).isZero();
    assertThat(sync()).as("with the stored token").isZero();
  }

  @Test
  void keepsScopeAndAthleteOfAStoredTokenResponse() throws IOException {
    hasToken(
        "anna",
        "{\"token_type\":\"Bearer\",\"refresh_token\":\"refresh-0\",\"scope\":\"read activity:read\","
            + "\"athlete\":{\"id\":1001,\"firstname\":\"Anna\"}}");

    assertThat(sync()).isZero();

    JsonNode stored = Json.MAPPER.readTree(storedToken());
    assertThat(stored.path("scope").asText()).isEqualTo("read activity:read");
    assertThat(stored.path("athlete").path("id").asText()).isEqualTo("1001");
    assertThat(storedToken()).doesNotContain("Anna");
  }

  @Test
  void reportsAWrongClientSecret() {
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
  void keepsTheOldRefreshTokenWhenTheResponseHasNone() {
    api.returnsTokenResponse("{\"access_token\":\"access-0\",\"expires_at\":4102444800}");

    assertThat(sync()).isZero();

    assertThat(storedToken()).contains("refresh-0").contains("access-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "{\"access_token\":\"access-0\"}",
        "<html>",
        "{\"access_token\":\"access-0\",\"expires_in\":1e999999999}",
        "{\"access_token\":\"access-0\",\"expires_in\":99999999999999999999}"
      })
  void keepsTheStoredTokenWhenTheResponseHasNone(String response) {
    String before = storedToken();
    api.returnsTokenResponse(response);

    assertThat(sync()).isEqualTo(69);

    assertThat(storedToken()).isEqualTo(before);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("access-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"expires_at\":3155760000000000",
        "\"expires_at\":\"+100000000-01-01T00:00:00Z\"",
        "\"expires_at\":4102444800.5",
        "\"expires_at\":\"2100-01-01T00:00:00Z\"",
        "\"expires_in\":\"3600\"",
        "\"expires_in\":3600.0",
        "\"expires_in\":999999999999999999",
        "\"expires_in\":3600,\"scope\":[\"read\",\"activity:read\"]"
      })
  void acceptsATokenInTheFormsThatEndpointsReturn(String members) {
    api.returnsTokenResponse(
        "{\"access_token\":\"access-0\",\"refresh_token\":\"refresh-1\",%s}".formatted(members));

    assertThat(sync()).as(output()).isZero();
    assertThat(storedToken()).contains("refresh-1");
    api.returnsTokenResponse("none");
    assertThat(sync()).as("the stored token is read and used").isZero();
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
  void refusesAnInvalidTokenStore() {
    assertThat(sync("--tokens", "file:///a b")).isEqualTo(64);
    assertThat(sync("--tokens", "s3://bucket/tokens")).isEqualTo(64);
  }

  /// Creates a non-empty folder under the file's name, so that the file cannot be written.
  private void blockTheToken() {
    Path file = folder.resolve("tokens/strava-anna.json");
    try {
      Files.deleteIfExists(file);
      Files.createDirectories(file.resolve("something"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void unblockTheToken() {
    Path file = folder.resolve("tokens/strava-anna.json");
    try {
      Files.deleteIfExists(file.resolve("something"));
      Files.deleteIfExists(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String remedy() {
    return account().path("error").path("remedy").asText();
  }
}
