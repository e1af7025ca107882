package dev.paceline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void saysWhatWasDoneAndHowItEnded() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(new Report("load", "stage").put("source", "strava").ended(Exit.DONE).line());

    assertThat(json.path("report").asText()).isEqualTo("load");
    assertThat(json.path("step").asText()).isEqualTo("stage");
    assertThat(json.path("source").asText()).isEqualTo("strava");
    assertThat(json.path("exit").asInt(-1)).isZero();
    assertThat(json.path("seconds").isNumber()).isTrue();
  }

  @Test
  void saysWhatToDoAboutAFailureAndWhen() throws IOException {
    Instant later = Instant.parse("2026-11-01T05:15:00Z");
    Failure busy = Failure.tryAgain("Taking the lock", "run x holds it", "wait", later);

    JsonNode json = new ObjectMapper().readTree(new Report("extract", "sync").failed(busy).line());

    assertThat(json.path("exit").asInt()).isEqualTo(75);
    assertThat(json.path("error").path("remedy").asText()).isEqualTo("wait");
    assertThat(json.path("resume_at").asText()).isEqualTo("2026-11-01T05:15:00Z");
  }

  @Test
  void neverGrowsBeyondEightKilobytes() throws IOException {
    List<Map<String, String>> accounts =
        IntStream.range(0, 1_000).mapToObj(i -> Map.of("account", "athlete-" + i)).toList();

    String line = new Report("extract", "sync").put("accounts", accounts).ended(Exit.DONE).line();

    assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8 * 1024);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("left_out").asInt() + json.path("accounts").size()).isEqualTo(1_000);
  }

  @Test
  void shortensObjectsTooButKeepsTheRunAndHowItEnded() throws IOException {
    Map<String, Object> commits = new TreeMap<>();
    Map<String, Long> drift = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      commits.put("athlete-" + i, Map.of("from", 1, "to", i));
      drift.put("activities.member_" + i, 1L);
    }
    Failure busy =
        Failure.tryAgain("Taking", "it is held", "wait", Instant.parse("2026-11-01T05:15:00Z"));
    Report report =
        new Report("load", "run")
            .put("source", "strava")
            .put("run", "r-1")
            .put("load_id", 7)
            .put("commits", commits)
            .put("drift", Map.of("activities", drift))
            .put("checks", List.of(Map.of("name", "duplicates", "found", 0)))
            .failed(busy);

    String line = report.line();

    assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8 * 1024);
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(line);
    ObjectNode whole = (ObjectNode) report.json().deepCopy();
    int left = json.path("commits").size() + json.path("drift").path("activities").size();
    assertThat(json.path("left_out").asInt() + left).isEqualTo(1_000);
    assertThat(json.path("commits").size()).isPositive();
    assertThat(json.path("drift").path("activities").size()).isPositive();
    json.remove(List.of("commits", "drift", "left_out"));
    whole.remove(List.of("commits", "drift"));
    assertThat(json).isEqualTo(new ObjectMapper().readTree(whole.toString()));
  }

  /// `orchestration/dags/paceline` decides by these.
  @Test
  void neverLosesWhatTheOrchestratorReads() throws IOException {
    String escaped = "\u0001".repeat(20_000);
    List<String> many = IntStream.range(0, 2_000).mapToObj(i -> "entry " + i).toList();
    Report report =
        new Report("extract", "sync")
            .put("source", "strava")
            .put("commits", 12_345)
            .put("load_id", 7)
            .put("passed", 46)
            .put("discarded", true)
            .put("accounts", many)
            .put("tables", many)
            .failed(
                Failure.tryAgain(
                    escaped, escaped, escaped, Instant.parse("2026-11-01T05:15:00.123456789Z")));

    String line = report.line();

    assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8 * 1024);
    JsonNode json = new ObjectMapper().readTree(line);
    JsonNode whole = new ObjectMapper().readTree(report.json().toString());
    for (String member :
        List.of(
            "report",
            "step",
            "source",
            "commits",
            "load_id",
            "passed",
            "discarded",
            "status",
            "exit",
            "resume_at",
            "seconds")) {
      assertThat(json.path(member)).as(member).isEqualTo(whole.path(member));
    }
    assertThat(json.path("error").path("what").asText()).endsWith("…");
  }

  @Test
  void cutsTheTextsOfAnErrorThatIsTooLongByItself() throws IOException {
    Failure endless = new Failure(Exit.UNUSABLE, "Checking", "🚴".repeat(20_000), "fix it");
    String line = new Report("load", "check").put("load_id", 7).failed(endless).line();

    assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8 * 1024);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("error").path("what").asText()).matches("(🚴)+…");
    assertThat(json.path("error").path("remedy").asText()).isEqualTo("fix it");
    assertThat(json.path("load_id").asInt()).isEqualTo(7);
    assertThat(json.path("exit").asInt()).isEqualTo(65);
  }

  @Test
  void endsWithTheGravestOfSeveralExits() {
    assertThat(Exit.mostSevere(List.of(Exit.DONE, Exit.TRY_AGAIN, Exit.REFUSED, Exit.UNAVAILABLE)))
        .isEqualTo(Exit.REFUSED);
    assertThat(Exit.mostSevere(List.of())).isEqualTo(Exit.DONE);
  }
}
