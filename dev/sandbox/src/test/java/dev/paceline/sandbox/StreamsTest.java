package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.simulation.Polyline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The recorded streams, and whether they agree with the summary.
final class StreamsTest {
  private static final String ALL_KEYS =
      "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth";
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void haveOnePointASecondOfMovingTime() {
    for (JsonNode activity : measured(40)) {
      JsonNode streams = streams(activity);
      int size = activity.path("moving_time").intValue();
      for (JsonNode stream : streams) {
        assertThat(stream.path("data")).hasSize(size);
        assertThat(stream.path("original_size").intValue()).isEqualTo(size);
        assertThat(stream.path("series_type").asText()).isEqualTo("distance");
        assertThat(stream.path("resolution").asText()).isEqualTo("high");
      }
      List<Double> time = numbers(streams, "time");
      assertThat(time.getFirst()).isZero();
      assertThat(new HashSet<>(time)).hasSize(size);
      assertThat(time).isSorted();
      assertThat(time.getLast())
          .isCloseTo(
              Math.max(
                  activity.path("elapsed_time").doubleValue(),
                  activity.path("moving_time").doubleValue()),
              within(2.0));
    }
  }

  @Test
  void endAtTheDistanceAndAverageToTheAverages() {
    for (JsonNode activity : measured(40)) {
      JsonNode streams = streams(activity);
      double metres = activity.path("distance").doubleValue();
      if (metres > 0) {
        List<Double> distance = numbers(streams, "distance");
        assertThat(distance).isSorted().last().isEqualTo(metres);
        assertThat(mean(numbers(streams, "velocity_smooth")))
            .isCloseTo(activity.path("average_speed").doubleValue(), within(0.05));
        assertThat(numbers(streams, "velocity_smooth"))
            .allMatch(speed -> speed <= activity.path("max_speed").doubleValue() + 0.01);
      }
      if (activity.path("has_heartrate").booleanValue()) {
        assertThat(mean(numbers(streams, "heartrate")))
            .isCloseTo(activity.path("average_heartrate").doubleValue(), within(2.0));
        assertThat(numbers(streams, "heartrate"))
            .contains(activity.path("max_heartrate").doubleValue())
            .allMatch(beats -> beats <= activity.path("max_heartrate").doubleValue());
      }
      if (streams.has("watts")) {
        assertThat(mean(numbers(streams, "watts")))
            .isCloseTo(activity.path("average_watts").doubleValue(), within(5.0));
      }
      if (streams.has("altitude")) {
        assertThat(numbers(streams, "altitude"))
            .allMatch(height ->
                height >= activity.path("elev_low").doubleValue() - 0.1
                    && height <= activity.path("elev_high").doubleValue() + 0.1);
      }
    }
  }

  @Test
  void followTheLineOnTheMap() {
    JsonNode activity = outdoors();
    JsonNode points = streams(activity).path("latlng").path("data");
    List<Polyline.Point> line =
        Polyline.decode(activity.path("map").path("summary_polyline").asText());
    assertThat(at(points.get(0))).isEqualTo(line.getFirst());
    assertThat(at(points.get(points.size() - 1))).isEqualTo(line.getLast());
    for (int i = 0; i < line.size(); i++) {
      Polyline.Point corner = line.get(i);
      assertThat(points)
          .anyMatch(point ->
              Math.abs(point.get(0).doubleValue() - corner.latitude()) < 0.0005
                  && Math.abs(point.get(1).doubleValue() - corner.longitude()) < 0.0005);
    }
  }

  @Test
  void omitWhatWasNotMeasured() {
    Set<Boolean> withLine = new HashSet<>();
    Set<Boolean> withPower = new HashSet<>();
    for (JsonNode activity : measured(60)) {
      Set<String> keys = fields(streams(activity));
      boolean line = activity.path("start_latlng").size() == 2;
      boolean power = activity.path("device_watts").booleanValue();
      assertThat(keys).contains("time", "moving");
      assertThat(keys.contains("latlng")).isEqualTo(line);
      assertThat(keys.contains("watts")).isEqualTo(power);
      assertThat(keys.contains("heartrate"))
          .isEqualTo(activity.path("has_heartrate").booleanValue());
      assertThat(keys.contains("temp")).isEqualTo(activity.has("average_temp"));
      assertThat(keys.contains("cadence")).isEqualTo(activity.has("average_cadence"));
      assertThat(keys.contains("altitude")).isEqualTo(activity.has("elev_high"));
      withLine.add(line);
      withPower.add(power);
    }
    assertThat(withLine).hasSize(2);
    assertThat(withPower).isNotEmpty();
  }

  @Test
  void areAbsentWithoutADevice() {
    JsonNode manual = sandbox.newestMatching(activity -> activity.path("manual").booleanValue());
    assertThat(sandbox.get(path(manual, "keys=" + ALL_KEYS)).status()).isEqualTo(404);
  }

  @Test
  void comeAsAListUnlessKeyedByType() {
    JsonNode activity = outdoors();
    JsonNode list = sandbox.get(path(activity, "keys=time,latlng")).json();
    assertThat(list)
        .extracting(each -> each.path("type").asText())
        .containsExactly("time", "latlng");
    JsonNode byType = sandbox.get(path(activity, "keys=time,latlng&key_by_type=true")).json();
    assertThat(fields(byType)).containsExactlyInAnyOrder("time", "latlng");
    assertThat(list.get(0).path("data")).isEqualTo(byType.path("time").path("data"));
    assertThat(sandbox.get(path(activity, "keys=time,pulse")).status()).isEqualTo(400);
    assertThat(sandbox.get(path(activity, "")).status()).isEqualTo(400);
  }

  @Test
  void areReducedToTenThousandPointsAtHighResolution() {
    JsonNode added = sandbox.add("{\"stream_points\":20000}");
    assertThat(added.has("stream_points")).isFalse();
    JsonNode whole = streams(added).path("time");
    assertThat(whole.path("data")).hasSize(20_000);
    String high = path(added, "keys=time&key_by_type=true&resolution=high");
    JsonNode cut = sandbox.get(high).json().path("time");
    assertThat(cut.path("data")).hasSize(10_000);
    assertThat(cut.path("original_size").intValue()).isEqualTo(20_000);
    assertThat(cut.path("data").get(9_999)).isEqualTo(whole.path("data").get(19_999));
    assertThat(sandbox.get(high.replace("high", "low")).json().path("time").path("data"))
        .hasSize(100);
    assertThat(sandbox.get(high.replace("high", "best")).status()).isEqualTo(400);
  }

  @Test
  void containNullsOrNoPointsWhenATestSetsThat() {
    JsonNode added = sandbox.add("{\"average_heartrate\":140,\"max_heartrate\":170}");
    String id = added.path("id").asText();
    sandbox.control("PATCH", "/activities/" + id, "{\"stream_nulls\":true}");
    JsonNode streams = streams(added);
    assertThat(streams.path("heartrate").path("data")).anyMatch(JsonNode::isNull);
    assertThat(streams.path("heartrate").path("data")).anyMatch(JsonNode::isNumber);
    assertThat(streams.path("time").path("data")).allMatch(JsonNode::isNumber);
    sandbox.control("PATCH", "/activities/" + id, "{\"stream_points\":0}");
    JsonNode empty = streams(added);
    assertThat(fields(empty)).contains("time", "heartrate");
    assertThat(empty).allSatisfy(stream -> assertThat(stream.path("data")).isEmpty());
  }

  @Test
  void followAnEditedSummary() {
    JsonNode added = sandbox.add("{\"distance\":5000,\"moving_time\":1500}");
    sandbox.control(
        "PATCH",
        "/activities/" + added.path("id").asText(),
        "{\"distance\":7000,\"moving_time\":1800}");
    assertThat(numbers(streams(added), "distance")).hasSize(1800).last().isEqualTo(7000.0);
  }

  @Test
  void areTheSameForTheSameSeed() {
    try (RunningSandbox other = RunningSandbox.atNoon()) {
      String path = path(measured(1).getFirst(), "keys=" + ALL_KEYS + "&key_by_type=true");
      assertThat(other.get(path).body().equals(sandbox.get(path).body())).isTrue();
    }
  }

  @Test
  void haveOneLengthInABenchmark() {
    try (RunningSandbox bench = RunningSandbox.atNoon("--stream-points", "700")) {
      Set<String> bodies = new HashSet<>();
      int manual = 0;
      for (JsonNode activity : bench.activities()) {
        String path = path(activity, "keys=" + ALL_KEYS + "&key_by_type=true");
        RunningSandbox.Response response = bench.get(path);
        if (activity.path("manual").booleanValue()) {
          manual++;
          assertThat(response.status()).isEqualTo(404);
        } else {
          bodies.add(response.body());
        }
      }
      assertThat(manual).isPositive();
      assertThat(bodies)
          .hasSizeBetween(2, 10)
          .allSatisfy(body -> {
            JsonNode streams = RunningSandbox.parse(body);
            assertThat(fields(streams)).hasSize(11);
            assertThat(streams).allSatisfy(stream -> assertThat(stream.path("data")).hasSize(700));
          });
      JsonNode own = bench.add("{\"stream_points\":3}");
      assertThat(bench.get(path(own, "keys=time")).json().get(0).path("data")).hasSize(3);
    }
  }

  private List<JsonNode> measured(int limit) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode activity : sandbox.activities()) {
      boolean recorded = activity.has("device_name") && !activity.path("manual").booleanValue();
      if (recorded && found.size() < limit) {
        found.add(activity);
      }
    }
    return found;
  }

  private JsonNode outdoors() {
    return measured(500).stream()
        .filter(activity -> activity.path("start_latlng").size() == 2)
        .filter(activity -> activity.path("distance").doubleValue() < 20_000)
        .findFirst()
        .orElseThrow();
  }

  private JsonNode streams(JsonNode activity) {
    return sandbox.get(path(activity, "keys=" + ALL_KEYS + "&key_by_type=true")).json();
  }

  private static String path(JsonNode activity, String query) {
    return "/api/v3/activities/" + activity.path("id").asText() + "/streams?" + query;
  }

  private static List<Double> numbers(JsonNode streams, String key) {
    List<Double> numbers = new ArrayList<>();
    streams.path(key).path("data").forEach(each -> numbers.add(each.doubleValue()));
    return numbers;
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static Polyline.Point at(JsonNode point) {
    return new Polyline.Point(point.get(0).doubleValue(), point.get(1).doubleValue());
  }

  private static Set<String> fields(JsonNode record) {
    return record.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}
