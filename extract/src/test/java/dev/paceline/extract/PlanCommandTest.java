package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.lock.LakeLock;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `extract plan` as a command: what it needs, what it leaves alone, and what it says.
final class PlanCommandTest extends SyncTestCase {

  private static final String NOW = "2026-11-01T05:07:00Z";

  @BeforeEach
  void readsDetails() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,activity_details");
    api.hasActivities(30);
  }

  @Test
  void writesNothingIntoTheLakeAndMakesNoConnection() {
    api.allowsPerWindow(10);
    sync();
    Map<String, String> before = files();
    int calls = api.calls("/").size();
    int tokenCalls = api.tokenCalls();

    assertThat(run("plan", "strava", "--at", NOW, "--every", "PT15M")).isZero();

    assertThat(files()).isEqualTo(before);
    assertThat(api.calls("/")).hasSize(calls);
    assertThat(api.tokenCalls()).isEqualTo(tokenCalls);
  }

  @Test
  void writesNothingWhereThereIsNoLake() {
    assertThat(run("plan", "strava", "--at", NOW, "--activities", "30")).isZero();

    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void needsNeitherTokensNorSecrets() {
    sync();
    variables.keySet().removeIf(name -> name.contains("TOKENS") || name.contains("SECRET"));

    assertThat(run("plan", "strava", "--at", NOW)).isZero();
  }

  @Test
  void doesNotWaitForARunInProgress() {
    sync();
    try (ObjectStore store = lake();
        LakeLock held =
            LakeLock.acquire(store, LakeLayout.lock("strava", "anna"), "other", Instant::now)) {
      held.ensureHeld();

      assertThat(run("plan", "strava", "--at", NOW)).isZero();
    }
  }

  @Test
  void asksHowMuchAnAccountHasThatWasNeverListed() {
    sync();

    assertThat(run("plan", "strava", "--account", "anna", "--account", "ben", "--account", "cleo"))
        .isEqualTo(64);

    JsonNode error = report().path("error");
    assertThat(error.path("what").asText())
        .isEqualTo("never listed to the end, so the number of records is not known: ben, cleo");
    assertThat(error.path("remedy").asText()).contains("--activities N");
  }

  @Test
  void needsNoNumberForAListingThatCanBeRepeated() {
    sync();

    assertThat(run("plan", "strava", "--at", NOW, "--runs", "1")).isZero();

    assertThat(report().path("assumptions")).isEmpty();
  }

  @Test
  void refusesALakeThatDoesNotExist() {
    assertThat(run("plan", "strava")).isEqualTo(78);

    assertThat(report().path("error").path("what").asText())
        .contains("there is no lake at file://");
    assertThat(report().path("error").path("remedy").asText()).contains("--activities N");
  }

  @Test
  void needsTheClientIdForTheBudgetOfALake() {
    sync();
    variables.remove("PACELINE_STRAVA_CLIENT_ID");

    assertThat(run("plan", "strava")).isEqualTo(78);

    assertThat(report().path("error").path("what").asText())
        .isEqualTo("PACELINE_STRAVA_CLIENT_ID is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "--runs, 0, --runs is 0",
    "--runs, 61, --runs is 61",
    "--activities, -1, --activities is -1",
    "--activities, 1000001, --activities is 1000001",
    "--runs, ten, --runs \"ten\" is not a whole number",
    "--every, never, --every \"never\" is not a duration",
    "--every, PT0S, --every \"PT0S\" is not a positive duration",
    "--at, noon, --at \"noon\" is not a time from 1970 on",
    "--at, 1969-12-31T23:59:59Z, --at \"1969-12-31T23:59:59Z\" is not a time from 1970 on",
    "--at, +10000-01-01T00:00:00Z, --at \"+10000-01-01T00:00:00Z\" is not a time from 1970 on",
    "--on-limit, hour, --on-limit is \"hour\""
  })
  void refusesWhatMakesNoSense(String option, String value, String what) {
    assertThat(run("plan", "strava", option, value)).isEqualTo(64);

    assertThat(report().path("error").path("what").asText()).isEqualTo(what);
  }

  @Test
  void saysThatTheBudgetIsWhatTheSourcePublishes() {
    run("plan", "strava", "--at", NOW, "--activities", "30");

    JsonNode budget = report().path("budget");
    assertThat(budget).hasSize(4).allMatch(window -> window.path("assumed").asBoolean());
    assertThat(budget.findValuesAsText("most")).containsExactly("200", "2000", "100", "1000");
    assertThat(report().path("assumptions").toString())
        .contains("the budget read is the one that the source publishes");
  }

  @Test
  void takesTheBudgetFromTheLastRun() {
    api.allowsPerWindow(40);
    sync();

    run("plan", "strava", "--at", NOW);

    assertThat(report().path("budget")).noneMatch(window -> window.path("assumed").asBoolean());
    assertThat(report().path("budget").findValuesAsText("most")).contains("40");
    assertThat(report().path("assumptions")).isEmpty();
  }

  @Test
  void countsTheWindowsInWhichCallsAreMade() {
    run("plan", "strava", "--at", NOW, "--activities", "600", "--on-limit", "window");

    JsonNode quarters = report().path("budget").path(2);
    assertThat(quarters.path("window").asText()).isEqualTo("PT15M");
    assertThat(quarters.path("windows_used").asInt())
        .as("a hundred calls each")
        .isEqualTo(Math.ceilDiv(report().path("total").asInt(), 100));
  }

  @ParameterizedTest
  @CsvSource({"500, 2", "2000, 5", "10000, 23"})
  void agreesWithTheTutorialAboutTheDaysOfAFirstImport(String activities, int days) {
    variables.remove("PACELINE_STRAVA_STREAMS");

    run("plan", "strava", "--at", NOW, "--activities", activities, "--on-limit", "window");

    assertThat(report().path("accounts").path(0).path("runs").asInt()).isEqualTo(days);
  }

  @Test
  void endsAfterSixtyRunsAndSaysSo() {
    assertThat(run("plan", "strava", "--at", NOW, "--activities", "100000")).isZero();

    assertThat(report().path("accounts").path(0).has("complete_at")).isFalse();
    assertThat(report().path("accounts").path(0).path("runs").asInt()).isEqualTo(60);
    assertThat(report().toString().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(8 * 1024);
  }

  @Test
  void printsATableOnATerminal() {
    terminal = true;
    run("plan", "strava", "--at", NOW, "--activities", "600", "--on-limit", "window");

    assertThat(output())
        .contains(
            """
            run  begins                ends                     calls  status
              1  2026-11-01 05:07 UTC  2026-11-01 06:30 UTC       606  done

            calls by endpoint, of all runs
                   600  /activities/{id}
                     1  /athlete
                     5  /athlete/activities

            anna: complete at 2026-11-01 06:30 UTC, after 1 run, 606 calls
            """)
        .contains("budget read: 1,000 per 1 day; calls are made in 1 of these windows")
        .contains("Assumed: anna has 600 activities");
  }

  @Test
  void showsItsExamples() {
    run("plan", "--help");

    assertThat(output()).contains("extract plan strava --lake file:///data/lake --activities 2000");
  }

  /// The content of each file of the lake.
  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            file + " " + Files.getLastModifiedTime(file),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return files;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
