package dev.paceline.lake.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void tellsWhatWasDoneAndHowItEnded() throws IOException {
    JsonNode json =
        Json.MAPPER.readTree(
            new Report("load", "stage").put("source", "strava").ended(Exit.DONE).line());

    assertThat(json.path("report").asText()).isEqualTo("load");
    assertThat(json.path("step").asText()).isEqualTo("stage");
    assertThat(json.path("source").asText()).isEqualTo("strava");
    assertThat(json.path("exit").asInt(-1)).isZero();
    assertThat(json.path("seconds").isNumber()).isTrue();
  }

  @Test
  void tellsWhatToDoAboutAFailureAndWhen() throws IOException {
    Instant later = Instant.parse("2026-11-01T05:15:00Z");
    Failure busy = Failure.tryAgain("Taking the lock", "run x holds it", "wait", later);

    JsonNode json = Json.MAPPER.readTree(new Report("extract", "sync").failed(busy).line());

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
    JsonNode json = Json.MAPPER.readTree(line);
    assertThat(json.path("left_out").asInt() + json.path("accounts").size()).isEqualTo(1_000);
  }

  @Test
  void takesTheGravestOfSeveralExits() {
    assertThat(Exit.gravest(List.of(Exit.DONE, Exit.TRY_AGAIN, Exit.REFUSED, Exit.UNAVAILABLE)))
        .isEqualTo(Exit.REFUSED);
    assertThat(Exit.gravest(List.of())).isEqualTo(Exit.DONE);
  }
}
