package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Editing a field recalculates the fields that depend on it.
final class DerivedFieldsTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();
  private JsonNode before;

  @BeforeEach
  void addActivity() {
    before =
        sandbox.add(
            "{\"sport_type\":\"Run\",\"distance\":9000,\"moving_time\":3000,\"elapsed_time\":3100}");
  }

  @Test
  void theTypeFollowsTheSport() {
    assertThat(edited("{\"sport_type\":\"GravelRide\"}").path("type").asText()).isEqualTo("Ride");
    assertThat(edited("{\"sport_type\":\"MountainBikeRide\"}").path("type").asText())
        .isEqualTo("Ride");
    assertThat(edited("{\"sport_type\":\"Zorbing\"}").path("type").asText()).isEqualTo("Zorbing");
    assertThat(edited("{\"sport_type\":\"Run\",\"type\":\"Odd\"}").path("type").asText())
        .isEqualTo("Odd");
  }

  @Test
  void theSpeedFollowsDistanceAndTime() {
    assertThat(edited("{\"distance\":12000}").path("average_speed").doubleValue()).isEqualTo(4.0);
    JsonNode faster = edited("{\"moving_time\":1000}");
    assertThat(faster.path("average_speed").doubleValue()).isEqualTo(12.0);
    assertThat(faster.path("max_speed").doubleValue()).isGreaterThanOrEqualTo(12.0);
    assertThat(faster.path("elapsed_time").intValue()).isEqualTo(3100);
  }

  @Test
  void keepsMovingTimeWithinElapsedTime() {
    assertThat(edited("{\"moving_time\":4000}").path("elapsed_time").intValue()).isEqualTo(4000);
    JsonNode shorter = edited("{\"elapsed_time\":2000}");
    assertThat(shorter.path("moving_time").intValue()).isEqualTo(2000);
    assertThat(shorter.path("average_speed").doubleValue()).isEqualTo(4.5);
    JsonNode bothGiven = edited("{\"moving_time\":2001,\"elapsed_time\":2000}");
    assertThat(bothGiven.path("moving_time").intValue()).isEqualTo(2001);
  }

  @Test
  void theLocalStartFollowsTheStartAndTheOffset() {
    JsonNode moved =
        edited(
            "{\"start_date\":\"2026-07-01T11:00:00Z\",\"utc_offset\":46800,\"timezone\":\"(GMT+13:00) Pacific/Tongatapu\"}");
    assertThat(moved.path("start_date_local").asText()).isEqualTo("2026-07-02T00:00:00Z");
    assertThat(edited("{\"utc_offset\":-39600}").path("start_date_local").asText())
        .isEqualTo("2026-07-01T00:00:00Z");
  }

  @Test
  void theHeartRateFlagFollowsTheAverage() {
    JsonNode with = edited("{\"average_heartrate\":150.5}");
    assertThat(with.path("has_heartrate").booleanValue()).isTrue();
    assertThat(with.path("max_heartrate").doubleValue()).isGreaterThanOrEqualTo(150.5);
    JsonNode without = edited("{\"average_heartrate\":null}");
    assertThat(without.path("has_heartrate").booleanValue()).isFalse();
    assertThat(without.has("max_heartrate")).isFalse();
  }

  @Test
  void theDetailFollowsTheSummary() {
    edited("{\"distance\":12000,\"sport_type\":\"TrailRun\"}");
    JsonNode detail = sandbox.get("/api/v3/activities/" + before.path("id").asText()).json();
    assertThat(detail.path("type").asText()).isEqualTo("Run");
    double metres = 0;
    for (JsonNode split : detail.path("splits_metric")) {
      metres += split.path("distance").doubleValue();
    }
    assertThat(metres).isEqualTo(12_000.0);
  }

  @Test
  void onlyMeAndPrivateMeanTheSame() {
    String id = before.path("id").asText();
    for (String field : new String[] {"{\"private\":true}", "{\"visibility\":\"only_me\"}"}) {
      JsonNode hidden = edited(field);
      assertThat(hidden.path("private").booleanValue()).isTrue();
      assertThat(hidden.path("visibility").asText()).isEqualTo("only_me");
      assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(404);
      JsonNode shown = edited("{\"private\":false}");
      assertThat(shown).isEqualTo(before);
      assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(200);
    }
  }

  private JsonNode edited(String fields) {
    RunningSandbox.Response changed =
        sandbox.control("PATCH", "/activities/" + before.path("id").asText(), fields);
    assertThat(changed.status()).isEqualTo(200);
    return changed.json();
  }
}
