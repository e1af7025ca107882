package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.cli.Environment;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.PartReader;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `extract sync`, whole, against a small Strava and a lake of files.
class SyncCommandTest {

  private final SourceStub api = SourceStub.begin();
  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private StopSignal stop = new StopSignal();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectory(folder.resolve("tokens"));
    hasToken("anna", "{\"refresh_token\":\"refresh-0\"}");
    variables.put("PACELINE_LAKE", folder.resolve("lake").toUri().toString());
    variables.put("PACELINE_TOKENS", folder.resolve("tokens").toUri().toString());
    variables.put("PACELINE_STRAVA_API_URL", api.apiUrl());
    variables.put("PACELINE_STRAVA_OAUTH_URL", api.oauthUrl());
    variables.put("PACELINE_STRAVA_CLIENT_ID", "20001");
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "app-secret");
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna");
  }

  @Test
  void commitsWhatTheSourceHas() {
    api.hasActivities(3);

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(1);
    Commit commit = log("anna").getFirst();
    assertThat(commit.complete()).containsExactly("athlete", "activities");
    assertThat(commit.ds()).hasToString("2026-11-01");
    assertThat(commit.committedAt()).hasToString("2026-11-01T05:07:00Z");
    assertThat(records("anna", "athlete")).hasSize(1);
    assertThat(records("anna", "activities"))
        .extracting(line -> line.path("data").toString())
        .containsExactly(
            api.activity(3).toString(), api.activity(2).toString(), api.activity(1).toString());
  }

  @Test
  void repeatsNothingWhenRunTwice() {
    api.hasActivities(3);
    sync();

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(1);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(3);
  }

  @Test
  void writesOnlyWhatIsNewOrHasChanged() {
    api.hasActivities(5);
    sync();
    api.activity(2).put("name", "Renamed");
    api.hasActivity(6, Instant.parse("2025-06-01T06:00:00Z"));

    sync();

    assertThat(log("anna").getLast().rows()).isEqualTo(2);
    assertThat(found("activities").path("upserts").asInt()).isEqualTo(2);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(4);
  }

  @Test
  void takesTheSameRecordInOtherWordsAsUnchanged() {
    api.hasActivities(1);
    sync();
    api.activity(1).put("distance", 5000.50).putNull("gear_id").putArray("start_latlng");

    sync();

    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(1);
  }

  @Test
  void buriesWhatTheSourceConfirmsToBeGone() {
    api.hasActivities(4);
    sync();
    api.deletes(3);

    assertThat(sync()).isZero();

    JsonNode tombstone = records("anna", "activities").getLast();
    assertThat(tombstone.path("op").asText()).isEqualTo("delete");
    assertThat(tombstone.path("key").toString()).isEqualTo("[3]");
    assertThat(tombstone.has("data")).isFalse();
    assertThat(sync()).isZero();
    assertThat(log("anna")).as("it is buried once").hasSize(2);
  }

  @Test
  void keepsWhatIsInNoListingButLives() {
    api.hasActivities(4);
    sync();
    api.hides(3);

    assertThat(sync()).isZero();

    assertThat(found("activities").path("deletes").asInt()).isZero();
    assertThat(log("anna")).hasSize(1);
  }

  @Test
  void doesNotBelieveAListingThatLacksMuchOfWhatIsKnown() {
    api.hasActivities(60);
    sync();
    for (int id = 1; id <= 25; id++) {
      api.deletes(id);
    }
    api.hasActivity(61, Instant.parse("2026-10-31T06:00:00Z"));

    assertThat(sync()).isEqualTo(65);
    assertThat(account().path("error").path("what").asText()).contains("25 of 60");
    assertThat(found("activities").path("upserts").asInt()).as("the rest commits").isEqualTo(1);
    assertThat(found("activities").path("deletes").asInt()).isZero();

    assertThat(sync("--accept-shrink")).isZero();
    assertThat(found("activities").path("deletes").asInt()).isEqualTo(25);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "199, 2", "200, 2", "201, 3", "399, 3", "400, 4", "1000, 7"})
  void listsAtTheLowestCostInCalls(int activities, int calls) {
    api.hasActivities(activities);

    assertThat(sync()).isZero();

    assertThat(api.calls("/athlete/activities")).hasSize(calls);
    assertThat(found("activities").path("upserts").asInt()).isEqualTo(activities);
  }

  @Test
  void listsMoreThanAPageOfOneSecond() {
    for (int id = 1; id <= 450; id++) {
      api.hasActivity(id, Instant.parse("2026-05-01T06:00:00Z"));
    }
    api.hasActivity(451, Instant.parse("2026-04-01T06:00:00Z"));

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(451);
  }

  @Test
  void takesItsDateFromTheSourcesClock() {
    api.isItNow("2031-02-03T23:59:59Z");
    api.hasActivities(1);

    sync();

    assertThat(log("anna").getFirst().ds()).hasToString("2031-02-03");
    assertThat(records("anna", "activities").getFirst().path("extracted_at").asText())
        .isEqualTo("2031-02-03T23:59:59Z");
  }

  @Test
  void takesAGivenDateAsItIs() {
    api.hasActivities(1);

    sync("--ds", "2026-10-30");

    assertThat(log("anna").getFirst().ds()).hasToString("2026-10-30");
  }

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
  void takesTheNextAccountWhereOneFails() throws IOException {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "ben,anna");
    api.hasActivities(2);

    assertThat(sync()).isEqualTo(77);

    JsonNode accounts = report().path("accounts");
    assertThat(accounts.path(0).path("account").asText()).isEqualTo("ben");
    assertThat(accounts.path(0).path("status").asText()).isEqualTo("refused");
    assertThat(accounts.path(1).path("status").asText()).isEqualTo("done");
    assertThat(records("anna", "activities")).hasSize(2);
  }

  @Test
  void readsAnAccountOnceThoughItIsNamedTwice() {
    assertThat(sync("--account", "anna", "--account", "anna")).isZero();
    assertThat(report().path("accounts")).hasSize(1);
  }

  @Test
  void stopsBeforeACallThatTheBudgetDoesNotAllow() {
    api.hasActivities(1_000);
    api.allows(4);

    assertThat(sync()).isEqualTo(75);

    assertThat(api.calls("/")).as("no 429 of our own making").hasSize(4);
    assertThat(report().path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
    assertThat(records("anna", "activities"))
        .as("what was read is committed")
        .hasSize(200 + 199 + 199);
  }

  @Test
  void goesOnWhereABudgetStoppedIt() {
    api.hasActivities(1_000);
    api.allows(4);
    sync();
    api.allows(1_000_000);
    api.isItNow("2026-11-01T05:15:00Z");

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(1_000 - 598);
  }

  @Test
  void resumesAtTheNextQuarterHourWhereTheSourceSays429() {
    api.failsWith(request ->
        WireMock.jsonResponse(
            "{\"message\":\"Too Many Requests\",\"errors\":\"Rate Limit Exceeded\"}", 429));

    assertThat(sync()).isEqualTo(75);

    assertThat(report().path("resume_at").asText()).isNotEmpty();
    assertThat(account().path("error").path("what").asText()).contains("Rate Limit Exceeded");
  }

  @Test
  void triesAgainWhereTheSourceStumbles() {
    api.hasActivities(1);
    api.failsWith(request -> WireMock.serverError());
    api.failsWith(request -> WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).hasSize(1);
  }

  @Test
  void givesUpOnASourceThatStaysDown() {
    for (int i = 0; i < 4; i++) {
      api.failsWith(request -> WireMock.aResponse().withStatus(502).withBody("<html>"));
    }

    assertThat(sync()).isEqualTo(69);
    assertThat(account().path("error").path("what").asText()).contains("502");
  }

  @Test
  void saysWhichAddressDoesNotAnswer() {
    variables.put("PACELINE_STRAVA_OAUTH_URL", "http://127.0.0.1:1/oauth");

    assertThat(sync()).isEqualTo(69);
    assertThat(account().path("error").path("doing").asText()).contains("http://127.0.0.1:1/oauth");
  }

  @Test
  void refusesAnAnswerThatIsNoJson() {
    api.failsWith(request -> WireMock.ok("<html>Sign in to the hotel's Wi-Fi</html>"));
    api.hasActivities(2);

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("doing").asText()).contains("/athlete");
    assertThat(records("anna", "activities")).as("the other stream is read").hasSize(2);
  }

  @Test
  void neverFollowsARedirectWithItsToken() {
    api.failsWith(request -> WireMock.temporaryRedirect(api.apiUrl() + "/stolen"));

    assertThat(sync()).isEqualTo(78);

    assertThat(api.calls("/stolen")).isEmpty();
    assertThat(account().path("error").path("what").asText()).contains("/stolen");
  }

  @Test
  void saysThatTheScopeIsMissing() {
    api.failsWith(request ->
        WireMock.jsonResponse(
            "{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Application\","
                + "\"field\":\"Status\",\"code\":\"Inactive\"}]}",
            403));

    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("what").asText()).contains("Inactive");
  }

  @Test
  void makesALostStateFromTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    api.deletes(2);
    sync();
    Files.delete(folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")));

    assertThat(sync()).isZero();

    assertThat(log("anna")).as("nothing is written again").hasSize(2);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void catchesUpAStateThatLagsTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    Path state = folder.resolve("lake").resolve(LakeLayout.state("strava", "anna"));
    byte[] older = Files.readAllBytes(state);
    api.activity(1).put("name", "Renamed");
    sync();
    Files.write(state, older); // as a kill between commit and state leaves it

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(2);
  }

  @Test
  void makesAStateThatCannotBeReadFromTheLog() throws IOException {
    api.hasActivities(3);
    sync();
    Files.writeString(
        folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")), "garbage");

    assertThat(sync()).isZero();
    assertThat(log("anna")).hasSize(1);
  }

  @Test
  void commitsWhatItHasWhenAskedToStop() {
    api.hasActivities(1_000);
    int[] calls = {0};
    api.afterEachCall(() -> {
      calls[0]++;
      if (calls[0] == 4) {
        stop.request();
      }
    });

    assertThat(sync()).isEqualTo(75);

    assertThat(records("anna", "activities")).hasSize(200 + 199);
    api.afterEachCall(() -> {});
    stop = new StopSignal();
    assertThat(sync()).isZero();
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(399);
  }

  @Test
  void leavesALockThatAnotherRunHolds() {
    try (ObjectStore store = lake();
        LakeLock _ = LakeLock.acquire(store, LakeLayout.lock("strava", "20001"), "other-run")) {
      assertThat(sync()).isEqualTo(75);
    }
    assertThat(report().path("error").path("what").asText()).contains("other-run");
    assertThat(api.calls("/")).isEmpty();
  }

  @Test
  void saysWhatIsNotSet() {
    variables.remove("PACELINE_STRAVA_CLIENT_SECRET");

    assertThat(sync()).isEqualTo(78);
    assertThat(report().path("error").path("what").asText())
        .isEqualTo("PACELINE_STRAVA_CLIENT_SECRET is not set");
  }

  @Test
  void refusesAnAccountThatCouldNotBeAFolder() {
    assertThat(sync("--account", "../anna")).isEqualTo(64);
    assertThat(report().path("error").path("what").asText()).contains("../anna");
  }

  @Test
  void refusesAnAddressWithCredentialsWithoutPrintingThem() {
    assertThat(sync("--api-url", "https://me:hush@api.example.org")).isEqualTo(64);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("hush");
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
  void writesItsReportToTheLake() throws IOException {
    sync();

    String key =
        LakeLayout.report(
            "strava", log("anna").getFirst().ds(), report().path("run").asText(), "extract");
    assertThat(Json.MAPPER.readTree(folder.resolve("lake").resolve(key).toFile()))
        .isEqualTo(report());
  }

  private int sync(String... more) {
    out.reset();
    List<String> arguments = new ArrayList<>(List.of("sync", "strava"));
    arguments.addAll(List.of(more));
    Environment environment =
        new Environment(
            variables, folder, new PrintStream(out, true), new PrintStream(out, true), false);
    RetryPolicy quick = new RetryPolicy(Duration.ofMillis(1), RandomGenerator.getDefault());
    return Extract.commandLine(environment, stop, quick).execute(arguments.toArray(String[]::new));
  }

  private JsonNode report() {
    try {
      return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private JsonNode account() {
    return report().path("accounts").path(0);
  }

  private JsonNode found(String stream) {
    return account().path("streams").path(stream);
  }

  private ObjectStore lake() {
    return Stores.open(folder.resolve("lake").toUri().toString(), Map.of());
  }

  private List<Commit> log(String account) {
    try (ObjectStore store = lake()) {
      return new CommitLog(store, "strava", account).after(0);
    }
  }

  /// The envelopes of a stream in the order of the log.
  private List<JsonNode> records(String account, String stream) {
    List<JsonNode> envelopes = new ArrayList<>();
    try (ObjectStore store = lake()) {
      for (Commit commit : new CommitLog(store, "strava", account).after(0)) {
        for (Part part : commit.parts()) {
          if (part.stream().equals(stream)) {
            envelopes.addAll(lines(store, part));
          }
        }
      }
    }
    return envelopes;
  }

  private static List<JsonNode> lines(ObjectStore store, Part part) {
    List<JsonNode> lines = new ArrayList<>();
    try (PartReader reader = PartReader.open(store, part)) {
      String text = new String(reader.stream().readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        lines.add(Json.MAPPER.readTree(line));
      }
      reader.verify();
      return lines;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void hasToken(String account, String json) {
    Path file = folder.resolve("tokens/strava-%s.json".formatted(account));
    try {
      Files.writeString(file, json);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private String storedToken() {
    try {
      return Files.readString(folder.resolve("tokens/strava-anna.json"));
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }
}
