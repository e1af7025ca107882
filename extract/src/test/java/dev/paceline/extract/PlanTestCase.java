package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/// `extract plan` against what the runs then do, to the call: each test forecasts, runs at the
/// times that the forecast names, and compares. The source's clock begins at 05:07 UTC and stands
/// still except while a run waits.
abstract class PlanTestCase extends SyncTestCase {

  static final String NOW = "2026-11-01T05:07:00Z";
  private static final String ALL =
      "athlete,activities,athlete_zones,athlete_stats,gear,activity_details,activity_streams,"
          + "starred_segments,routes,clubs";

  @BeforeEach
  void hasAnAuthorizedAthlete() {
    hasToken("anna", "{\"refresh_token\":\"refresh-0\",\"athlete\":{\"id\":\"1001\"}}");
    variables.put("PACELINE_STRAVA_STREAMS", ALL);
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.respondsWith("/segments/starred", "[]");
    api.respondsWith("/athletes/1001/routes", "[]");
    api.respondsWith("/athlete/clubs", "[]");
    api.allowsPerWindow(100);
    api.allowsPerDay(1_000);
  }

  /// Lasts longer than any test, and says whose it is.
  final String tokenOf(String account) {
    return api.tokenOf(account)
        .replaceAll("\"expires_at\":\\d+", "\"expires_at\":1893456000")
        .replace("{", "{\"athlete\":{\"id\":\"1001\"},");
  }

  final void later(Duration time) {
    api.advancesClockBy(time);
  }

  /// A forecast from the source's present time.
  final JsonNode plan(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    if (!arguments.contains("--at")) {
      arguments.addAll(List.of("--at", api.now().toString()));
    }
    assertThat(run("plan", "strava", arguments.toArray(String[]::new))).as(output()).isZero();
    assertThat(report().has("left_out")).as("the whole report").isFalse();
    return report();
  }

  /// Runs at the forecast's times.
  final void assertRunsAre(JsonNode forecast, String... arguments) {
    int number = 0;
    for (JsonNode expected : forecast.path("runs")) {
      number++;
      api.setsClockTo(expected.path("at").asText());
      sync(arguments);
      Map<String, Long> made = new TreeMap<>();
      for (JsonNode account : report().path("accounts")) {
        calls(account).forEach((endpoint, count) -> made.merge(endpoint, count, Long::sum));
      }
      assertThat(made).as("run %d: %s", number, report()).isEqualTo(calls(expected));
      assertThat(report().path("status")).as("run %d", number).isEqualTo(expected.path("status"));
      assertThat(api.now().truncatedTo(ChronoUnit.SECONDS))
          .as("the end of run %d", number)
          .isEqualTo(expected.path("ends").asText());
      assertThat(expected.path("total").asLong()).isEqualTo(report().path("calls").asLong());
    }
  }

  /// After the last run: the account has nothing to read, and since when it says.
  final void assertCompleteIs(JsonNode forecast, String name) {
    JsonNode expected =
        forecast
            .path("accounts")
            .valueStream()
            .filter(account -> account.path("account").asText().equals(name))
            .findFirst()
            .orElseThrow();
    JsonNode account =
        report()
            .path("accounts")
            .valueStream()
            .filter(each -> each.path("account").asText().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(account.has("queued")).as("%s", account).isFalse();
    Instant last =
        Stream.of("activities", "activity_details", "activity_streams")
            .flatMap(stream -> records(name, stream).stream())
            .map(line -> Instant.parse(line.path("extracted_at").asText()))
            .max(Instant::compareTo)
            .orElseThrow();
    assertThat(last).isEqualTo(expected.path("complete_at").asText());
  }

  static Map<String, Long> calls(JsonNode part) {
    Map<String, Long> calls = new TreeMap<>();
    part.path("calls")
        .properties()
        .forEach(call -> calls.put(call.getKey(), call.getValue().asLong()));
    return calls;
  }
}
