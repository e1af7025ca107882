package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that Strava has been seen to send.
final class OddRecordsTest {
  private RunningSandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.atNoon();
  }

  @AfterEach
  void end() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sport_type\":\"UnderwaterChess\"}",
        "{\"start_latlng\":[],\"end_latlng\":[]}",
        "{\"start_latlng\":null,\"end_latlng\":null}",
        "{\"distance\":5000,\"average_speed\":3,\"utc_offset\":3600}",
        "{\"id\":2147483648}",
        "{\"id\":9007199254740993}",
        "{\"upload_id\":92233720368547758080}",
        "{\"upload_id\":null,\"external_id\":null}",
        "{\"start_date\":\"2026-07-01T00:00:01Z\",\"utc_offset\":0.0,\"start_date_local\":\"2026-07-01T00:00:01Z\"}",
        "{\"utc_offset\":46800.0,\"timezone\":\"(GMT+13:00) Pacific/Tongatapu\"}",
        "{\"utc_offset\":-39600.0,\"timezone\":\"(GMT-11:00) Pacific/Pago_Pago\"}",
      })
  void areTakenAsTheyAre(String fields) {
    JsonNode added = sandbox.add(fields);
    for (Map.Entry<String, JsonNode> field : RunningSandbox.parsed(fields).properties()) {
      assertThat(added.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
    }
    Instant start = Instant.parse(added.path("start_date").asText());
    assertThat(added.path("start_date_local").asText())
        .isEqualTo(start.plusSeconds(added.path("utc_offset").longValue()).toString());
    String path = "/api/v3/activities/" + added.path("id").asText();
    assertThat(sandbox.truth()).contains(added);
    assertThat(sandbox.get(path).json().path("id")).isEqualTo(added.path("id"));
    assertThat(sandbox.get(path + "/streams?keys=time,latlng").status()).isIn(200, 404);
  }

  @Test
  void mayStartInTheSameSecond() {
    String fields = "{\"start_date\":\"2026-07-01T10:00:00Z\"}";
    JsonNode one = sandbox.add(fields);
    JsonNode other = sandbox.add(fields);
    assertThat(other.path("id")).isNotEqualTo(one.path("id"));
    assertThat(sandbox.truth()).contains(one, other);
    long second = Instant.parse("2026-07-01T10:00:00Z").getEpochSecond();
    assertThat(sandbox.listing("after=" + (second - 1) + "&before=" + (second + 1))).hasSize(2);
  }

  @Test
  void mayBeTwoHundredAndFiftyOnADay() {
    int before = sandbox.truth().size();
    for (int i = 0; i < 250; i++) {
      Instant start = Instant.parse("2026-07-01T00:00:00Z").plusSeconds(i * 300L);
      sandbox.add("{\"start_date\":\"%s\",\"moving_time\":240}".formatted(start));
    }
    List<Long> ids = new ArrayList<>();
    sandbox.truth().forEach(activity -> ids.add(activity.path("id").longValue()));
    assertThat(ids).hasSize(before + 250).doesNotHaveDuplicates();
  }

  @Test
  void mayBeForTheAthleteAloneFromTheStart() {
    int before = sandbox.truth().size();
    JsonNode added = sandbox.add("{\"private\":true,\"name\":\"Quiet\"}");
    assertThat(added.path("visibility").asText()).isEqualTo("only_me");
    assertThat(sandbox.truth()).hasSize(before);
    sandbox.allow("activity:read_all");
    assertThat(sandbox.truth()).hasSize(before + 1).contains(added);
  }
}
