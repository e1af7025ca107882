package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.simulation.Polyline;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Three years of four athletes, checked against what Strava could have sent.
final class PlausibilityTest {
  private static final List<String> ALWAYS =
      List.of(
          "resource_state",
          "athlete",
          "name",
          "distance",
          "moving_time",
          "elapsed_time",
          "total_elevation_gain",
          "type",
          "sport_type",
          "id",
          "start_date",
          "start_date_local",
          "timezone",
          "utc_offset",
          "location_city",
          "location_state",
          "location_country",
          "achievement_count",
          "kudos_count",
          "comment_count",
          "athlete_count",
          "photo_count",
          "total_photo_count",
          "pr_count",
          "has_kudoed",
          "map",
          "start_latlng",
          "end_latlng",
          "trainer",
          "commute",
          "manual",
          "private",
          "visibility",
          "flagged",
          "hide_from_home",
          "gear_id",
          "from_accepted_tag",
          "average_speed",
          "max_speed",
          "has_heartrate",
          "heartrate_opt_out",
          "display_hide_heartrate_option",
          "upload_id",
          "external_id");

  private static RunningSandbox sandbox;
  private static final List<JsonNode> ACTIVITIES = new ArrayList<>();

  @BeforeAll
  static void collect() {
    sandbox =
        RunningSandbox.with("--athletes", "4", "--clock", RunningSandbox.NOON, "--limits", "off");
    for (JsonNode athlete : sandbox.athletes()) {
      sandbox
          .control("GET", "/athletes/" + athlete.path("id").asText() + "/activities", "")
          .json()
          .forEach(ACTIVITIES::add);
    }
  }

  @AfterAll
  static void end() {
    ACTIVITIES.clear();
    sandbox.close();
  }

  @Test
  void trainsMostWeeksInManySports() {
    Set<String> sports = new HashSet<>();
    ACTIVITIES.forEach(activity -> sports.add(activity.path("sport_type").asText()));
    assertThat(ACTIVITIES).hasSizeBetween(4 * 500, 4 * 1500);
    assertThat(sports)
        .contains(
            "Run",
            "TrailRun",
            "Ride",
            "VirtualRide",
            "Swim",
            "WeightTraining",
            "Yoga",
            "Hike",
            "Walk");
  }

  @Test
  void hasEveryFieldThatASummaryAlwaysHas() {
    assertThat(ACTIVITIES).allSatisfy(activity -> assertThat(fields(activity)).containsAll(ALWAYS));
  }

  @Test
  void hasIdsAboveThirtyOneBitsThatIncreaseWithTime() {
    List<JsonNode> byId = new ArrayList<>(ACTIVITIES);
    byId.sort(Comparator.comparingLong(activity -> activity.path("id").longValue()));
    assertThat(byId)
        .extracting(activity -> activity.path("id").longValue())
        .doesNotHaveDuplicates();
    assertThat(byId).extracting(activity -> activity.path("start_date").asText()).isSorted();
    assertThat(byId.getFirst().path("id").longValue()).isGreaterThan(1L << 31);
    assertThat(byId.getLast().path("id").longValue()).isBetween(7_000_000_000L, 17_000_000_000L);
  }

  @Test
  void givesLocalTimeByTheRulesOfTheZone() {
    Set<String> offsets = new HashSet<>();
    assertThat(ACTIVITIES)
        .allSatisfy(activity -> {
          String[] timezone = activity.path("timezone").asText().split(" ", 2);
          ZoneId zone = ZoneId.of(timezone[1]);
          Instant start = Instant.parse(activity.path("start_date").asText());
          Instant local = Instant.parse(activity.path("start_date_local").asText());
          int offset = zone.getRules().getOffset(start).getTotalSeconds();
          String standard = zone.getRules().getStandardOffset(start).getId();
          assertThat(activity.path("utc_offset").isFloatingPointNumber()).isTrue();
          assertThat(activity.path("utc_offset").doubleValue()).isEqualTo(offset);
          assertThat(local.getEpochSecond() - start.getEpochSecond()).isEqualTo(offset);
          assertThat(timezone[0])
              .isEqualTo("(GMT" + (standard.equals("Z") ? "+00:00" : standard) + ")");
          offsets.add(zone + " " + offset);
        });
    assertThat(offsets).contains("Europe/London 0", "Europe/London 3600").hasSizeGreaterThan(5);
  }

  @Test
  void drawsOutdoorRoutesNearTheCity() {
    assertThat(matching(activity -> activity.path("start_latlng").size() == 2))
        .hasSizeGreaterThan(500)
        .allSatisfy(activity -> {
          List<Polyline.Point> track =
              Polyline.decode(activity.path("map").path("summary_polyline").asText());
          Polyline.Point first = track.getFirst();
          assertThat(track).hasSizeGreaterThan(20);
          assertThat(activity.path("start_latlng").get(0).doubleValue())
              .isEqualTo(first.latitude());
          assertThat(activity.path("start_latlng").get(1).doubleValue())
              .isEqualTo(first.longitude());
          assertThat(lengthOf(track))
              .isBetween(
                  activity.path("distance").doubleValue() * 0.7,
                  activity.path("distance").doubleValue() * 1.4);
          assertThat(
                  track.stream()
                      .mapToDouble(point -> metresBetween(point, first))
                      .max()
                      .orElseThrow())
              .isLessThan(45_000);
        });
  }

  @Test
  void omitsWhatWasNotMeasured() {
    assertThat(matching(activity -> activity.path("manual").booleanValue()))
        .hasSizeGreaterThan(10)
        .allSatisfy(activity -> {
          assertThat(activity.get("upload_id").isNull()).isTrue();
          assertThat(activity.get("external_id").isNull()).isTrue();
          assertThat(activity.get("start_latlng")).isEmpty();
          assertThat(activity.path("map").has("summary_polyline")).isFalse();
          assertThat(fields(activity))
              .doesNotContain(
                  "upload_id_str",
                  "device_name",
                  "average_heartrate",
                  "average_temp",
                  "average_cadence",
                  "elev_high",
                  "average_watts");
        });
    assertThat(matching(activity -> !activity.path("has_heartrate").booleanValue()))
        .isNotEmpty()
        .allSatisfy(activity ->
            assertThat(fields(activity))
                .doesNotContain("average_heartrate", "max_heartrate", "suffer_score"));
    assertThat(matching(activity -> activity.path("device_watts").booleanValue()))
        .isNotEmpty()
        .allSatisfy(activity ->
            assertThat(fields(activity))
                .contains("average_watts", "max_watts", "weighted_average_watts", "kilojoules"));
    assertThat(matching(activity -> activity.path("trainer").booleanValue())).isNotEmpty();
  }

  @Test
  void isWarmerInTheSummerOfItsHemisphere() {
    assertThat(temperature("Europe/London", "07"))
        .isGreaterThan(temperature("Europe/London", "01") + 4);
    assertThat(temperature("America/Sao_Paulo", "01"))
        .isGreaterThan(temperature("America/Sao_Paulo", "07") + 2);
  }

  @Test
  void includesWhatUsersTypeAndBothFormsOfNumbers() {
    assertThat(ACTIVITIES)
        .extracting(activity -> activity.path("name").asText())
        .anyMatch(name -> name.endsWith(" "))
        .anyMatch(name -> name.codePoints().anyMatch(point -> point > 0x1F000))
        .anyMatch(name -> name.contains("\""));
    assertThat(matching(activity -> activity.path("distance").isIntegralNumber())).isNotEmpty();
    assertThat(matching(activity -> activity.path("distance").isFloatingPointNumber()))
        .isNotEmpty();
    assertThat(
            matching(activity ->
                activity.path("moving_time").intValue()
                    == activity.path("elapsed_time").intValue() + 1))
        .isNotEmpty();
  }

  @Test
  void usesGearThatTheAthleteOwns() {
    JsonNode athlete = sandbox.get("/api/v3/athlete").json();
    List<String> owned = new ArrayList<>();
    athlete.path("bikes").forEach(bike -> owned.add(bike.path("id").asText()));
    athlete.path("shoes").forEach(shoe -> owned.add(shoe.path("id").asText()));
    assertThat(owned).hasSize(6).allMatch(id -> id.matches("[bg]\\d+"));
    JsonNode recent = sandbox.listing("per_page=30");
    assertThat(recent)
        .extracting(activity -> activity.path("gear_id").textValue())
        .filteredOn(id -> id != null)
        .isNotEmpty()
        .isSubsetOf(owned);
    assertThat(athlete.path("shoes").get(0).path("distance").longValue()).isPositive();
    assertThat(fields(athlete))
        .contains(
            "id",
            "username",
            "firstname",
            "lastname",
            "sex",
            "premium",
            "summit",
            "created_at",
            "updated_at",
            "weight",
            "ftp",
            "clubs",
            "measurement_preference",
            "date_preference",
            "athlete_type",
            "follower_count",
            "friend_count",
            "profile",
            "profile_medium");
  }

  private static List<JsonNode> matching(Predicate<JsonNode> filter) {
    return ACTIVITIES.stream().filter(filter).toList();
  }

  private static double temperature(String zone, String month) {
    return matching(activity ->
            activity.path("timezone").asText().endsWith(zone)
                && activity.path("start_date_local").asText().substring(5, 7).equals(month)
                && activity.has("average_temp")
                && activity.path("start_latlng").size() == 2)
        .stream()
        .mapToInt(activity -> activity.path("average_temp").intValue())
        .average()
        .orElseThrow();
  }

  private static double lengthOf(List<Polyline.Point> track) {
    double length = 0;
    for (int i = 1; i < track.size(); i++) {
      length += metresBetween(track.get(i - 1), track.get(i));
    }
    return length;
  }

  private static double metresBetween(Polyline.Point a, Polyline.Point b) {
    double north = (b.latitude() - a.latitude()) * 111_320;
    double east =
        (b.longitude() - a.longitude()) * 111_320 * Math.cos(Math.toRadians(a.latitude()));
    return Math.hypot(north, east);
  }

  private static Set<String> fields(JsonNode record) {
    return record.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}
