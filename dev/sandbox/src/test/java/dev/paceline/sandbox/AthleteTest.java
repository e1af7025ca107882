package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The endpoints of an athlete that do not belong to an activity.
final class AthleteTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon("--athletes", "6");

  @Test
  void givesAdjoiningHeartRateZonesWithoutAnUpperLimit() {
    JsonNode heartRate = sandbox.get("/api/v3/athlete/zones").json().path("heart_rate");
    assertThat(heartRate.path("custom_zones").isBoolean()).isTrue();
    JsonNode zones = heartRate.path("zones");
    assertThat(zones).hasSize(5);
    assertThat(zones.get(0).path("min").intValue()).isZero();
    for (int i = 1; i < zones.size(); i++) {
      assertThat(zones.get(i).path("min")).isEqualTo(zones.get(i - 1).path("max"));
    }
    assertThat(zones.get(4).path("max").intValue()).isEqualTo(-1);
  }

  @Test
  void givesPowerZonesFromTheFtpToAthletesWithAPowerMeter() {
    Set<Boolean> hasPower = new HashSet<>();
    for (JsonNode athlete : sandbox.athletes()) {
      String token =
          sandbox
              .refresh(athlete.path("refresh_token").asText())
              .json()
              .path("access_token")
              .asText();
      sandbox.control("PATCH", "/athletes/" + athlete.path("id").asText(), "{\"ftp\":200}");
      JsonNode power = sandbox.get("/api/v3/athlete/zones", token).json().path("power");
      hasPower.add(power.isObject());
      if (power.isObject()) {
        assertThat(power.path("zones").get(3).path("max").intValue()).isEqualTo(210);
        assertThat(power.path("zones").get(6).path("max").intValue()).isEqualTo(-1);
      }
    }
    assertThat(hasPower).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void countsOnlyPublicActivitiesInTheStats() {
    JsonNode before = stats();
    JsonNode run =
        sandbox.add(
            "{\"sport_type\":\"Run\",\"distance\":10000,\"moving_time\":3000,\"total_elevation_gain\":50}");
    JsonNode after = stats();
    for (String totals : List.of("recent_run_totals", "ytd_run_totals", "all_run_totals")) {
      assertThat(difference(before, after, totals, "count")).isEqualTo(1);
      assertThat(difference(before, after, totals, "distance")).isEqualTo(10_000);
      assertThat(difference(before, after, totals, "moving_time")).isEqualTo(3_000);
    }
    assertThat(after.path("all_ride_totals")).isEqualTo(before.path("all_ride_totals"));
    sandbox.control(
        "PATCH", "/activities/" + run.path("id").asText(), "{\"visibility\":\"followers_only\"}");
    assertThat(stats()).isEqualTo(before);
    assertThat(sandbox.get("/api/v3/athletes/17/stats").status()).isEqualTo(403);
  }

  @Test
  void servesAllReferencedGearAndSomeUnusedGear() {
    JsonNode athlete = sandbox.get("/api/v3/athlete").json();
    Set<String> owned = new HashSet<>();
    athlete.path("bikes").forEach(bike -> owned.add(bike.path("id").asText()));
    athlete.path("shoes").forEach(shoe -> owned.add(shoe.path("id").asText()));
    sandbox.add("{\"gear_id\":\"b777\",\"sport_type\":\"Ride\",\"distance\":12345.0}");
    Set<String> used = new HashSet<>();
    for (JsonNode activity : sandbox.activities()) {
      if (activity.path("gear_id").isTextual()) {
        used.add(activity.path("gear_id").asText());
      }
    }
    assertThat(used).hasSizeGreaterThan(3);
    assertThat(owned).anyMatch(id -> id.startsWith("b") && !used.contains(id));
    assertThat(owned).anyMatch(id -> id.startsWith("g") && !used.contains(id));
    owned.addAll(used);
    for (String id : owned) {
      JsonNode gear = sandbox.get("/api/v3/gear/" + id).json();
      assertThat(gear.path("id").asText()).isEqualTo(id);
      assertThat(gear.path("brand_name").asText()).isNotEmpty();
      assertThat(gear.path("model_name").asText()).isNotEmpty();
      assertThat(gear.path("retired").isBoolean()).isTrue();
      assertThat(gear.has("frame_type")).isEqualTo(id.startsWith("b"));
    }
    assertThat(sandbox.get("/api/v3/gear/b777").json().path("distance").intValue())
        .isEqualTo(12_345);
    assertThat(sandbox.get("/api/v3/gear/b778").status()).isEqualTo(404);
  }

  @Test
  void givesShoesTheDistanceOfTheirActivities() {
    String id =
        sandbox
            .newestMatching(activity -> activity.path("gear_id").asText("").startsWith("g"))
            .path("gear_id")
            .asText();
    double metres = 0;
    for (JsonNode each : sandbox.activities()) {
      metres +=
          each.path("gear_id").asText("").equals(id) ? each.path("distance").doubleValue() : 0;
    }
    assertThat(sandbox.get("/api/v3/gear/" + id).json().path("distance").doubleValue())
        .isEqualTo(Math.rint(metres));
  }

  @Test
  void showsGearEditsEverywhere() {
    JsonNode activity = sandbox.newestMatching(each -> each.path("gear_id").isTextual());
    String id = activity.path("gear_id").asText();
    RunningSandbox.Response changed =
        sandbox.control("PATCH", "/gear/" + id, "{\"nickname\":\"Worn\",\"retired\":true}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(sandbox.get("/api/v3/gear/" + id).json()).isEqualTo(changed.json());
    JsonNode shown =
        sandbox.get("/api/v3/activities/" + activity.path("id").asText()).json().path("gear");
    assertThat(shown.path("name").asText()).isEqualTo("Worn");
    assertThat(shown.path("retired").booleanValue()).isTrue();
  }

  @Test
  void editsTheAthlete() {
    sandbox.control("PATCH", "/athletes/" + sandbox.athlete(), "{\"weight\":70.5,\"ftp\":301}");
    JsonNode athlete = sandbox.get("/api/v3/athlete").json();
    assertThat(athlete.path("weight").doubleValue()).isEqualTo(70.5);
    assertThat(athlete.path("ftp").intValue()).isEqualTo(301);
  }

  @Test
  void pagesThroughSegmentsRoutesAndClubs() {
    for (String path :
        List.of(
            "/api/v3/segments/starred",
            "/api/v3/athletes/" + sandbox.athlete() + "/routes",
            "/api/v3/athlete/clubs")) {
      JsonNode all = sandbox.get(path).json();
      List<JsonNode> paged = new ArrayList<>();
      JsonNode page;
      int number = 1;
      do {
        page = sandbox.get(path + "?per_page=2&page=" + number++).json();
        page.forEach(paged::add);
      } while (!page.isEmpty());
      assertThat(all).as(path).isNotEmpty().containsExactlyElementsOf(paged);
      assertThat(all).extracting(each -> each.path("id").longValue()).doesNotHaveDuplicates();
      assertThat(sandbox.get(path + "?per_page=201").status()).isEqualTo(400);
    }
  }

  @Test
  void givesRoutesIdsThatNeedAnInt64() {
    JsonNode routes = sandbox.get("/api/v3/athletes/" + sandbox.athlete() + "/routes").json();
    assertThat(routes)
        .hasSizeGreaterThan(2)
        .allSatisfy(route -> {
          assertThat(route.path("id").longValue()).isGreaterThan(1L << 53);
          assertThat(route.path("id_str").asText()).isEqualTo(route.path("id").asText());
          assertThat(route.path("map").path("summary_polyline").asText()).isNotEmpty();
        });
  }

  private JsonNode stats() {
    return sandbox.get("/api/v3/athletes/" + sandbox.athlete() + "/stats").json();
  }

  private static double difference(JsonNode before, JsonNode after, String totals, String field) {
    return after.path(totals).path(field).doubleValue()
        - before.path(totals).path(field).doubleValue();
  }
}
