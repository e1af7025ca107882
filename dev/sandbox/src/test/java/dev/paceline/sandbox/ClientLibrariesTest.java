package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What stravalib, strava-offline and strava-v3 call beyond what Paceline needs.
final class ClientLibrariesTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void servesTheLapsOfTheDetailsAsAList() {
    String path = "/api/v3/activities/" + recorded().path("id").asText();
    JsonNode laps = sandbox.get(path + "/laps?page=1&per_page=30").json();
    assertThat(laps.isArray()).isTrue();
    assertThat(laps).isNotEmpty().isEqualTo(sandbox.get(path).json().path("laps"));
  }

  @Test
  void countsTheSecondsInEachZoneOfTheAthlete() {
    JsonNode activity = recorded();
    String path = "/api/v3/activities/" + activity.path("id").asText();
    JsonNode zones = sandbox.get(path + "/zones").json();
    JsonNode heartRate = zones.get(0);
    assertThat(heartRate.path("type").asText()).isEqualTo("heartrate");
    assertThat(heartRate.path("resource_state").intValue()).isEqualTo(3);
    assertThat(heartRate.path("sensor_based").booleanValue()).isTrue();
    JsonNode ofAthlete = sandbox.get("/api/v3/athlete/zones").json().at("/heart_rate/zones");
    JsonNode buckets = heartRate.path("distribution_buckets");
    assertThat(buckets).hasSameSizeAs(ofAthlete);
    int[] expected = new int[ofAthlete.size()];
    JsonNode streams = sandbox.get(path + "/streams?keys=time,heartrate&key_by_type=true").json();
    JsonNode times = streams.at("/time/data");
    for (int i = 0; i + 1 < times.size(); i++) {
      JsonNode beats = streams.at("/heartrate/data").get(i);
      for (int zone = 0; zone < expected.length && beats.isNumber(); zone++) {
        int min = ofAthlete.get(zone).path("min").intValue();
        int max = ofAthlete.get(zone).path("max").intValue();
        if (beats.intValue() >= min && (max == -1 || beats.intValue() < max)) {
          expected[zone] += times.get(i + 1).intValue() - times.get(i).intValue();
        }
      }
    }
    int inZones = 0;
    for (int zone = 0; zone < expected.length; zone++) {
      assertThat(buckets.get(zone).path("time").intValue()).isEqualTo(expected[zone]);
      assertThat(buckets.get(zone).path("max")).isEqualTo(ofAthlete.get(zone).path("max"));
      inZones += expected[zone];
    }
    assertThat(inZones).isPositive();
  }

  @Test
  void readsZonesAndLapsWithoutAccessToTheProfile() {
    String path = "/api/v3/activities/" + recorded().path("id").asText();
    sandbox.setScopes("read", "activity:read");
    assertThat(sandbox.get(path + "/zones").json()).isNotEmpty();
    sandbox.setScopes("read");
    assertThat(sandbox.get(path + "/zones").status()).isEqualTo(401);
    assertThat(sandbox.get(path + "/laps").status()).isEqualTo(401);
  }

  @Test
  void anActivityEnteredByHandHasNeitherLapsNorZones() {
    String path = "/api/v3/activities/" + sandbox.add("{\"manual\":true}").path("id").asText();
    assertThat(sandbox.get(path + "/laps").body()).isEqualTo("[]");
    assertThat(sandbox.get(path + "/zones").body()).isEqualTo("[]");
    assertThat(sandbox.get("/api/v3/activities/1/laps").status()).isEqualTo(404);
    assertThat(sandbox.get("/api/v3/activities/1/zones").status()).isEqualTo(404);
  }

  @Test
  void servesTheAthletesRoutesWithoutAnId() {
    String byId = "/api/v3/athletes/" + sandbox.athlete() + "/routes";
    assertThat(sandbox.get("/api/v3/athlete/routes").json())
        .isNotEmpty()
        .isEqualTo(sandbox.get(byId).json());
    assertThat(sandbox.get("/api/v3/athlete/routes?page=1&per_page=1").json()).hasSize(1);
    assertThat(sandbox.calls()).contains("\"/athlete/routes\"");
  }

  private JsonNode recorded() {
    return sandbox.newestMatching(activity ->
        activity.path("has_heartrate").booleanValue() && !activity.path("manual").booleanValue());
  }
}
