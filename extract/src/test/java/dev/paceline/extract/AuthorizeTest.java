package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.lake.Json;
import dev.paceline.testing.AwsOnLoopback;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Complete runs of `extract authorize`; the browser is curl, which follows redirects.
class AuthorizeTest extends SyncTestCase {

  private static final String AGAIN = "extract authorize strava --account anna";

  @BeforeEach
  void hasABrowserAndNoToken() throws IOException {
    Files.delete(tokenFile());
    variables.put(
        "PACELINE_BROWSER", "curl --silent --noproxy * --location --output " + page() + " %s");
  }

  /// A browser that still writes its page would fail the removal of the folder.
  @AfterEach
  void awaitBrowser() {
    ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().command().filter(AuthorizeTest::isBrowser).isPresent())
        .forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  private static boolean isBrowser(String command) {
    return Set.of("curl", "sh", "dash", "bash", "busybox", "jspawnhelper")
        .contains(Path.of(command).getFileName().toString());
  }

  @Test
  void storesTheTokenAfterConsent() throws IOException {
    assertThat(authorize("--verbose")).as(output()).isZero();

    JsonNode token = Json.MAPPER.readTree(storedToken());
    assertThat(token.path("refresh_token").asText()).isEqualTo("refresh-1");
    assertThat(token.path("scope").asText())
        .isEqualTo("activity:read_all,profile:read_all,read,read_all");
    assertThat(token.path("athlete").path("id").asText()).isEqualTo("1001");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile())))
        .isEqualTo("rw-------");
    assertThat(shownPage()).contains("Done").doesNotContain("code-1");
    assertThat(output()).doesNotContain("refresh-1", "access-1", "app-secret", "code-1", "Anna");
  }

  @Test
  void reportsAccountScopesAndStore() {
    authorize();

    assertThat(report().path("account").asText()).isEqualTo("anna");
    assertThat(report().path("athlete").asText()).isEqualTo("1001");
    assertThat(report().path("scopes")).hasSize(4);
    assertThat(report().path("missing")).isEmpty();
    assertThat(report().path("expires_at").asText()).isEqualTo("2026-11-01T11:07:00Z");
    assertThat(report().path("stored").asText()).isEqualTo(tokenFile().toString());
    assertThat(report().path("next").asText()).isEqualTo("extract sync strava --account anna");
  }

  @Test
  void allowsASyncAfterwards() {
    api.hasActivities(2);
    authorize();
    Instant now = Instant.now();
    hasToken(
        "anna", storedToken().replaceAll("1\\d{9}", "" + now.plusSeconds(7_200).getEpochSecond()));

    assertThat(sync()).isZero();

    assertThat(records("anna", "activities")).hasSize(2);
  }

  @Test
  void showsTheNextCommandOnATerminal() {
    terminal = true;

    assertThat(authorize()).isZero();

    assertThat(output())
        .contains("/oauth/authorize?client_id=20001")
        .contains("anna is authorized: athlete 1001.")
        .endsWith("extract sync strava --account anna\n");
  }

  @Test
  void createsTheTokenFolderForThisUserAlone() throws IOException {
    Path other = folder.resolve("other/tokens");

    assertThat(authorize("--tokens", other.toUri().toString())).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rwx------");
  }

  @Test
  void storesATokenInAws() {
    String prefix = "ssm:/paceline/" + UUID.randomUUID();
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertThat(authorize("--tokens", prefix)).isZero();
      assertThat(report().path("stored").asText()).isEqualTo(prefix + "/strava-anna");
      assertThat(run("check", "strava", "--offline", "--tokens", prefix)).isZero();
    }
  }

  @Test
  void warnsAboutAScopeThatWasUnticked() {
    api.consentsWith("&code=code-1&scope=read,activity:read");

    assertThat(authorize()).isZero();

    assertThat(report().path("missing"))
        .extracting(JsonNode::asText)
        .containsExactly("activity:read_all", "profile:read_all", "read_all");
    assertThat(report().path("streams_missing"))
        .extracting(JsonNode::asText)
        .containsExactly("athlete_zones", "clubs");
    assertThat(output()).contains("athlete_zones, clubs cannot be read");
    assertThat(storedToken()).contains("activity:read,read");
  }

  @Test
  void storesNothingWithoutActivities() throws IOException {
    api.consentsWith("&code=code-1&scope=read,profile:read_all");

    assertThat(authorize()).isEqualTo(77);

    assertThat(tokenFile()).doesNotExist();
    assertThat(what()).contains("activities");
    assertThat(remedy()).endsWith(AGAIN);
    assertThat(shownPage()).contains("Not authorized");
  }

  @Test
  void asksForTheGivenScopes() {
    assertThat(authorize("--scopes", "read,activity:read")).isZero();

    assertThat(output()).contains("scope=read%2Cactivity%3Aread");
  }

  @Test
  void keepsATokenThatIsNotKnownToBeBad() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\"}");

    assertThat(authorize()).isEqualTo(64);

    assertThat(remedy()).endsWith(AGAIN + " --force");
    assertThat(storedToken()).contains("refresh-0");

    assertThat(authorize("--force")).isZero();
    assertThat(storedToken()).contains("refresh-1");
  }

  @Test
  void replacesATokenThatWasRevoked() throws IOException {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\"}");
    api.revokes();
    sync();

    assertThat(authorize()).isZero();

    assertThat(storedToken()).contains("refresh-1").doesNotContain("revoked");
  }

  @Test
  void replacesATokenThatLacksScopes() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"scope\":\"read,activity:read\"}");

    assertThat(authorize()).isZero();
  }

  @Test
  void keepsTwoAthletesApart() {
    hasToken(
        "anna", "{\"refresh_token\":\"refresh-0\",\"scope\":\"read\",\"athlete\":{\"id\":1001}}");
    api.hasAthlete(1002);

    assertThat(authorize()).isEqualTo(77);

    assertThat(what()).contains("1001").contains("1002");
    assertThat(remedy()).endsWith(AGAIN + " --force");
    assertThat(storedToken()).contains("refresh-0");

    assertThat(authorize("--force")).isZero();
    assertThat(report().path("athlete").asText()).isEqualTo("1002");
  }

  @ParameterizedTest
  @CsvSource({
    "&error=access_denied, 77, access_denied",
    "&error=server_error, 69, server_error",
    "&error=%3Cscript%3E, 77, …",
    "&code=another, 77, 'wrong, used or expired'"
  })
  void reportsWhatIsWrongWithTheRedirect(String response, int exit, String what)
      throws IOException {
    api.consentsWith(response);

    assertThat(authorize()).isEqualTo(exit);

    assertThat(what()).contains(what);
    assertThat(tokenFile()).doesNotExist();
    assertThat(shownPage()).contains("The terminal").doesNotContain("<script>");
  }

  @Test
  void keepsWaitingAfterAResponseToAnotherRequest() throws IOException {
    int port = freePort();
    Path browser =
        Files.writeString(
            folder.resolve("browser.sh"),
            """
            curl --silent --noproxy '*' 'http://127.0.0.1:%d/callback?code=code-1&state=forged'
            exec curl --silent --noproxy '*' --location --output '%s' "$1"
            """
                .formatted(port, page()));
    variables.put("PACELINE_BROWSER", "sh " + browser + " %s");

    assertThat(authorize("--port", "" + port)).as(output()).isZero();

    assertThat(output()).contains("belongs to another request");
    assertThat(shownPage()).contains("Done");
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 65536, --port 65536 is out of range",
    "--port, -1, --port -1 is out of range",
    "--timeout, PT0S, not a positive duration",
    "--timeout, -PT5M, not a positive duration",
    "--timeout, 5, not a duration"
  })
  void refusesInvalidNumbers(String option, String value, String what) {
    assertThat(run("authorize", "strava", option + "=" + value)).isEqualTo(64);

    assertThat(what()).contains(what);
    assertThat(remedy()).containsAnyOf("PT5M", "65535");
  }

  @Test
  void refusesAnAthleteOfAnotherAccount() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben,carl");
    hasToken("ben", "{\"refresh_token\":\"refresh-ben\",\"athlete\":{\"id\":1001}}");

    assertThat(authorize("--account", "anna")).isEqualTo(77);

    assertThat(what()).contains("athlete 1001").contains("the account ben");
    assertThat(tokenFile()).doesNotExist();

    assertThat(authorize("--account", "anna", "--force")).isZero();
    assertThat(report().path("athlete").asText()).isEqualTo("1001");
  }

  @Test
  void authorizesAlthoughAnotherAccountsTokenIsUnreadable() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");
    hasToken("ben", "not a token");

    assertThat(authorize("--account", "anna")).isZero();

    assertThat(output()).contains("The athlete of the account ben is unknown");
  }

  @Test
  void reportsThatTheApplicationHasTooManyAthletes() {
    api.sendsTokenResponsesThrough(response ->
        WireMock.jsonResponse("{\"message\":\"Limit of connected athletes exceeded\"}", 403));

    assertThat(authorize()).isEqualTo(77);

    assertThat(remedy()).contains("remove an athlete from the application 20001").endsWith(AGAIN);
  }

  @Test
  void reportsAWrongClientSecret() {
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "wrong-secret");

    assertThat(authorize()).isEqualTo(77);

    assertThat(remedy()).contains("check the client id 20001, its secret");
    assertThat(output()).doesNotContain("wrong-secret", "code-1");
  }

  @Test
  void waitsNoLongerThanTheTimeout() {
    variables.put("PACELINE_BROWSER", "true");

    assertThat(run("authorize", "strava", "--timeout", "PT0.05S")).isEqualTo(77);

    assertThat(what()).contains("no consent was given");
    assertThat(remedy()).endsWith(AGAIN);
  }

  @Test
  void continuesIfTheBrowserDoesNotStart() {
    variables.put("PACELINE_BROWSER", "no-such-browser");

    assertThat(run("authorize", "strava", "--timeout", "PT0.05S")).isEqualTo(77);

    assertThat(output()).contains("no-such-browser does not start", "client_id=20001");
  }

  @Test
  void reportsThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(authorize("--port", "" + taken.getLocalPort())).isEqualTo(64);

      assertThat(report().path("error").path("doing").asText())
          .contains("port " + taken.getLocalPort());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"code-1", "  code-1  "})
  void acceptsAPastedCode(String line) {
    assertThat(paste(line)).as(output()).isZero();

    assertThat(report().path("athlete").asText()).isEqualTo("1001");
    assertThat(report().has("missing")).as("a code alone does not say what was granted").isFalse();
    assertThat(report().has("scopes")).isFalse();
    assertThat(output()).contains("client_id=20001");
  }

  @Test
  void refusesAPastedAddressWithoutItsOwnState() {
    assertThat(paste("http://localhost/callback?state=forged&code=code-1&scope=read"))
        .isEqualTo(77);
    assertThat(paste("http://localhost/callback?code=code-1&scope=read")).isEqualTo(77);

    assertThat(what()).contains("belongs to another request");
    assertThat(tokenFile()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://localhost/callback", "no code <at> all"})
  void saysWhatToPaste(String line) {
    assertThat(paste(line)).isEqualTo(64);

    assertThat(remedy()).contains("paste the whole address");
  }

  @Test
  void refusesAReadOnlyStore() {
    assertThat(authorize("--tokens", "env:")).isEqualTo(64);

    assertThat(what()).contains("read-only");
  }

  @Test
  void needsAnAccountIfSeveralAreConfigured() {
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna,ben");

    assertThat(authorize()).isEqualTo(64);
    assertThat(remedy()).isEqualTo("give --account NAME");

    variables.remove("PACELINE_STRAVA_ACCOUNTS");
    assertThat(authorize()).isEqualTo(64);
  }

  private int authorize(String... more) {
    List<String> options = new ArrayList<>(List.of("--timeout", "PT20S"));
    options.addAll(List.of(more));
    return run("authorize", "strava", options.toArray(String[]::new));
  }

  private int paste(String line) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      return authorize("--no-browser");
    } finally {
      System.setIn(before);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  private Path tokenFile() {
    return folder.resolve("tokens/strava-anna.json");
  }

  /// The page that the browser shows at the end, which may arrive a moment after the command ends.
  private String shownPage() throws IOException {
    awaitBrowser();
    return Files.readString(page());
  }

  private Path page() {
    return folder.resolve("page.html");
  }

  private String what() {
    return report().path("error").path("what").asText();
  }

  private String remedy() {
    return report().path("error").path("remedy").asText();
  }
}
