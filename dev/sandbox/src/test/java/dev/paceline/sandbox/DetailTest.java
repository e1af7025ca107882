package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.simulation.Polyline;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DetailTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void repeatsTheSummaryAndAddsTheFieldsOfADetail() {
    JsonNode summary = recordedRun();
    JsonNode detail = detail(summary, "");
    for (Map.Entry<String, JsonNode> field : summary.properties()) {
      if (!field.getKey().equals("map") && !field.getKey().equals("resource_state")) {
        assertThat(detail.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
      }
    }
    assertThat(detail.path("resource_state").intValue()).isEqualTo(3);
    assertThat(fields(detail))
        .contains(
            "description",
            "calories",
            "laps",
            "splits_metric",
            "splits_standard",
            "segment_efforts",
            "best_efforts",
            "gear",
            "photos",
            "device_name",
            "embed_token",
            "perceived_exertion",
            "private_note",
            "available_zones");
    assertThat(detail.path("gear").path("id")).isEqualTo(summary.path("gear_id"));
    assertThat(Polyline.decode(detail.path("map").path("polyline").asText()))
        .hasSizeGreaterThan(
            Polyline.decode(summary.path("map").path("summary_polyline").asText()).size());
  }

  @Test
  void dividesTheActivityIntoSplitsAndLapsThatAddUp() {
    JsonNode summary = recordedRun();
    JsonNode detail = detail(summary, "");
    for (String sections : new String[] {"splits_metric", "splits_standard", "laps"}) {
      assertThat(sum(detail.path(sections), "moving_time"))
          .as(sections)
          .isEqualTo(summary.path("moving_time").doubleValue());
      assertThat(sum(detail.path(sections), "elapsed_time"))
          .as(sections)
          .isEqualTo(summary.path("elapsed_time").doubleValue());
      assertThat(
              Math.abs(
                  sum(detail.path(sections), "distance") - summary.path("distance").doubleValue()))
          .as(sections)
          .isLessThan(2);
    }
  }

  @Test
  void acceptsTheFlagAsPythonWritesIt() {
    JsonNode summary = recordedRun();
    int all = detail(summary, "?include_all_efforts=True").path("segment_efforts").size();
    assertThat(all)
        .isPositive()
        .isEqualTo(detail(summary, "?include_all_efforts=true").path("segment_efforts").size());
    assertThat(detail(summary, "?include_all_efforts=False").path("segment_efforts"))
        .hasSize(all - 1);
    assertThat(detail(summary, "?include_all_efforts=false")).isEqualTo(detail(summary, ""));
    assertThat(
            sandbox
                .get(
                    "/api/v3/activities/"
                        + summary.path("id").asText()
                        + "?include_all_efforts=maybe")
                .status())
        .isEqualTo(400);
  }

  @Test
  void returns404InStravasShape() {
    RunningSandbox.Response unknown = sandbox.get("/api/v3/activities/17");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body())
        .isEqualTo(
            "{\"message\":\"Record Not Found\",\"errors\":[{\"resource\":\"Activity\",\"field\":\"id\",\"code\":\"not found\"}]}");
    assertThat(sandbox.get("/api/v3/nothing/here").json().path("message").asText())
        .isEqualTo("Record Not Found");
  }

  @Test
  void hidesOneAthletesActivitiesFromAnother() {
    try (RunningSandbox two = RunningSandbox.atNoon("--athletes", "2")) {
      String other = two.athletes().get(1).path("refresh_token").asText();
      String token = two.refresh(other).json().path("access_token").asText();
      String path = "/api/v3/activities/" + two.activities().get(0).path("id").asText();
      assertThat(two.get(path).status()).isEqualTo(200);
      assertThat(two.get(path, token).status()).isEqualTo(404);
    }
  }

  private JsonNode recordedRun() {
    return StreamSupport.stream(sandbox.activities().spliterator(), false)
        .filter(activity -> activity.path("type").asText().equals("Run"))
        .filter(activity -> activity.path("achievement_count").intValue() > 0)
        .filter(activity -> activity.path("start_latlng").size() == 2)
        .findFirst()
        .orElseThrow();
  }

  private JsonNode detail(JsonNode summary, String query) {
    return sandbox.get("/api/v3/activities/" + summary.path("id").asText() + query).json();
  }

  private static double sum(JsonNode sections, String field) {
    return StreamSupport.stream(sections.spliterator(), false)
        .mapToDouble(section -> section.path(field).doubleValue())
        .sum();
  }

  private static Set<String> fields(JsonNode record) {
    return record.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}
