package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The snapshot has what a client gets that calls every endpoint.
final class ExpectedSnapshotTest {
  private static final String KEYS =
      "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth";

  @AutoClose
  private final RunningSandbox sandbox =
      RunningSandbox.with(
          "--since", "2026-06-15", "--clock", RunningSandbox.NOON, "--limits", "off");

  @BeforeEach
  void addAndEditActivities() {
    sandbox.add(
        "{\"kudos_count\":70,\"comment_count\":40,\"total_photo_count\":2,\"distance\":1234.50}");
    JsonNode edited = sandbox.activities().get(3);
    sandbox.control(
        "PATCH",
        "/activities/" + edited.path("id").asText(),
        "{\"gear_id\":\"b42\",\"description\":\"edited\"}");
    sandbox.control(
        "POST", "/activities/" + sandbox.activities().get(2).path("id").asText() + "/hide", "");
  }

  @Test
  void matchesTheEndpoints() {
    String athlete = Long.toString(sandbox.athlete());
    List<JsonNode> lines = lines("");
    Set<String> seen = new HashSet<>();
    for (JsonNode line : lines) {
      String key = line.path("key").get(0).asText();
      String stream = line.path("stream").asText();
      seen.add(stream);
      JsonNode served =
          switch (stream) {
            case "activities" -> listed(key);
            case "activity_details" -> served("/activities/" + key + "?include_all_efforts=true");
            case "activity_streams" ->
                served("/activities/" + key + "/streams?key_by_type=true&keys=" + KEYS);
            case "gear" -> served("/gear/" + key);
            case "athlete" -> served("/athlete");
            case "athlete_zones" -> served("/athlete/zones");
            case "athlete_stats" -> served("/athletes/" + athlete + "/stats");
            case "starred_segments" -> find("/segments/starred", key);
            case "routes" -> find("/athletes/" + athlete + "/routes", key);
            case "clubs" -> find("/athlete/clubs", key);
            case "comments" -> served("/activities/" + key + "/comments?page_size=200");
            case "kudos" -> served("/activities/" + key + "/kudos?per_page=200");
            case "photos" -> served("/activities/" + key + "/photos?size=5000");
            default -> throw new AssertionError("Unknown: " + stream);
          };
      assertThat(line.path("data")).as(stream + " " + key).isEqualTo(served);
    }
    assertThat(seen).hasSize(13);
    assertThat(lines)
        .extracting(line -> line.path("stream") + " " + line.path("key"))
        .doesNotHaveDuplicates();
    assertThat(of(lines, "activities")).isEqualTo(ids(sandbox.activities()));
    assertThat(of(lines, "activity_details")).isEqualTo(ids(sandbox.activities()));
    assertThat(of(lines, "gear")).anyMatch(id -> id.asText().equals("b42"));
  }

  @Test
  void isLimitedByStreamsAndScopes() {
    assertThat(lines("?streams=athlete,kudos"))
        .extracting(line -> line.path("stream").asText())
        .containsOnly("athlete", "kudos");
    sandbox.setScopes("read");
    assertThat(lines(""))
        .extracting(line -> line.path("stream").asText())
        .containsOnly("athlete", "athlete_stats", "starred_segments", "routes");
  }

  @Test
  void includesOnlyMeActivitiesIfTheScopesAllow() {
    int before = lines("?streams=activities").size();
    sandbox.setScopes("read", "activity:read_all");
    assertThat(lines("?streams=activities")).hasSize(before + 1);
  }

  @Test
  void isNotCountedAsACallAndHasTheStreamsOfABenchmark() {
    sandbox.control("DELETE", "/calls", "");
    assertThat(lines("?streams=activities")).isNotEmpty();
    assertThat(sandbox.calls()).isEqualTo("{}");
    try (RunningSandbox bench =
        RunningSandbox.with(
            "--since", "2026-07-01", "--clock", RunningSandbox.NOON, "--stream-points", "50")) {
      assertThat(lines(bench, "?streams=activity_streams"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line.path("data").path("watts").path("data")).hasSize(50));
    }
  }

  private List<JsonNode> lines(String query) {
    return lines(sandbox, query);
  }

  private static List<JsonNode> lines(RunningSandbox of, String query) {
    List<JsonNode> lines = new ArrayList<>();
    of.control("GET", "/athletes/" + of.athlete() + "/snapshot" + query, "")
        .body()
        .lines()
        .forEach(line -> lines.add(RunningSandbox.parse(line)));
    return lines;
  }

  private JsonNode served(String path) {
    return sandbox.get("/api/v3" + path).json();
  }

  private JsonNode listed(String id) {
    return find("/athlete/activities?per_page=200", id);
  }

  private JsonNode find(String path, String id) {
    for (JsonNode each : served(path)) {
      if (each.path("id").asText().equals(id)) {
        return each;
      }
    }
    throw new AssertionError(path + " has no " + id);
  }

  private static ArrayNode of(List<JsonNode> lines, String stream) {
    ArrayNode keys = JsonNodeFactory.instance.arrayNode();
    lines.stream()
        .filter(line -> line.path("stream").asText().equals(stream))
        .forEach(line -> keys.add(line.path("key").get(0).asText()));
    return keys;
  }

  private static ArrayNode ids(JsonNode activities) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    activities.forEach(activity -> ids.add(activity.path("id").asText()));
    return ids;
  }
}
