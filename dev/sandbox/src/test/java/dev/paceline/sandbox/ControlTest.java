package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void movesTheClockAndTheDateOfEveryResponse() {
    assertThat(sandbox.control("GET", "/clock", "").body())
        .isEqualTo("{\"now\":\"" + RunningSandbox.NOON + "\"}");
    assertThat(
            sandbox.control("PUT", "/clock", "{\"advance\":\"P1D\"}").json().path("now").asText())
        .isEqualTo("2026-07-16T12:00:00Z");
    assertThat(sandbox.get("/api/v3/athlete").header("Date"))
        .isEqualTo("Thu, 16 Jul 2026 12:00:00 GMT");
    sandbox.control("PUT", "/clock", "{\"now\":\"2026-08-02T03:04:05Z\"}");
    assertThat(sandbox.get("/api/v3/activities/17").header("Date"))
        .isEqualTo("Sun, 02 Aug 2026 03:04:05 GMT");
    assertThat(sandbox.withoutToken("/elsewhere").header("Date"))
        .isEqualTo("Sun, 02 Aug 2026 03:04:05 GMT");
  }

  @Test
  void mergesAddedFieldsIntoAGeneratedActivity() {
    long athlete = sandbox.athlete();
    int before = sandbox.activities().size();
    String fields =
        "{\"name\":\"Late upload 🐌\",\"sport_type\":\"Kitesurf\",\"start_date\":\"2026-06-01T10:00:00Z\",\"distance\":12000,\"moving_time\":3000,\"new_field\":{\"a\":[1]},\"average_heartrate\":null}";
    RunningSandbox.Response response =
        sandbox.control("POST", "/athletes/" + athlete + "/activities", fields);
    JsonNode added = response.json();
    assertThat(response.status()).isEqualTo(201);
    assertThat(added.path("sport_type").asText()).isEqualTo("Kitesurf");
    assertThat(added.path("start_date_local").asText()).isEqualTo("2026-06-01T11:00:00Z");
    assertThat(added.path("average_speed").doubleValue()).isEqualTo(4.0);
    assertThat(added.path("elapsed_time").intValue()).isEqualTo(3000);
    assertThat(added.has("average_heartrate")).isFalse();
    assertThat(added.path("new_field").path("a")).hasSize(1);
    assertThat(sandbox.activities()).hasSize(before + 1).contains(added);
    assertThat(sandbox.activities())
        .extracting(each -> each.path("id").longValue())
        .doesNotHaveDuplicates();
    assertThat(
            sandbox
                .get("/api/v3/activities/" + added.path("id").asText())
                .json()
                .path("distance")
                .intValue())
        .isEqualTo(12000);
    JsonNode second = sandbox.control("POST", "/athletes/" + athlete + "/activities", "{}").json();
    assertThat(second.path("id").longValue()).isGreaterThan(added.path("id").longValue());
  }

  @Test
  void changesFieldsInListingAndDetail() {
    JsonNode activity = sandbox.activities().get(3);
    String path = "/activities/" + activity.path("id").asText();
    JsonNode changed =
        sandbox
            .control(
                "PATCH", path, "{\"name\":\"Renamed\",\"gear_id\":null,\"description\":\"edited\"}")
            .json();
    assertThat(changed.path("name").asText()).isEqualTo("Renamed");
    assertThat(changed.has("gear_id")).isFalse();
    assertThat(changed.has("description")).isFalse();
    assertThat(sandbox.activities().get(3)).isEqualTo(changed);
    sandbox.control("PATCH", path, "{\"kudos_count\":99}");
    JsonNode detail = sandbox.get("/api/v3" + path).json();
    assertThat(detail.path("name").asText()).isEqualTo("Renamed");
    assertThat(detail.path("description").asText()).isEqualTo("edited");
    assertThat(detail.path("kudos_count").intValue()).isEqualTo(99);
  }

  @Test
  void movesTheLocalStartWithTheStart() {
    JsonNode activity = sandbox.activities().get(0);
    JsonNode changed =
        sandbox
            .control(
                "PATCH",
                "/activities/" + activity.path("id").asText(),
                "{\"start_date\":\"2026-07-01T01:02:03Z\"}")
            .json();
    assertThat(changed.path("start_date_local").asText())
        .isEqualTo(
            Instant.parse("2026-07-01T01:02:03Z")
                .plusSeconds(activity.path("utc_offset").longValue())
                .toString());
    assertThat(sandbox.activities().get(0).path("id")).isNotEqualTo(activity.path("id"));
  }

  @Test
  void hidesShowsAndDeletes() {
    String id = sandbox.activities().get(2).path("id").asText();
    int before = sandbox.activities().size();
    assertThat(sandbox.control("POST", "/activities/" + id + "/hide", "").status()).isEqualTo(204);
    assertThat(sandbox.activities()).hasSize(before - 1);
    assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(404);
    sandbox.control("POST", "/activities/" + id + "/show", "");
    assertThat(sandbox.activities()).hasSize(before);
    assertThat(sandbox.control("DELETE", "/activities/" + id, "").status()).isEqualTo(204);
    assertThat(sandbox.activities()).hasSize(before - 1);
    assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(404);
    assertThat(sandbox.control("DELETE", "/activities/" + id, "").status()).isEqualTo(404);
    assertThat(sandbox.control("POST", "/activities/" + id + "/show", "").status()).isEqualTo(404);
  }

  @Test
  void countsCallsByEndpointAndStatus() {
    sandbox.control("DELETE", "/calls", "");
    String token = sandbox.token();
    sandbox.get("/api/v3/athlete/activities?page=1", token);
    sandbox.get("/api/v3/athlete/activities?page=2", token);
    sandbox.get("/api/v3/activities/17", token);
    assertThat(sandbox.control("GET", "/calls", "").body())
        .isEqualTo(
            "{\"/activities/{id}\":{\"404\":1},\"/athlete/activities\":{\"200\":2},\"/oauth/token\":{\"200\":1}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT   | /clock                | {}                                      | Give either
          PUT   | /clock                | {"now":"yesterday"}                     | is not an instant
          PUT   | /clock                | {"advance":"1 day"}                     | is not a duration
          PUT   | /clock                | now                                     | must be a JSON object
          POST  | /athletes/x/activities| {}                                      | is not an id
          POST  | /athletes/@/activities| {"start_date":"2027-01-01T00:00:00Z"}   | later than the sandbox's clock
          POST  | /athletes/@/activities| {"start_date":"soon"}                   | must be an instant
          POST  | /athletes/@/activities| {"kudos_count":"many"}                  | must be a whole number
          POST  | /athletes/@/activities| {"private":"yes"}                       | true or false
          POST  | /athletes/@/activities| {"stream_points":-1}                    | from 0 to 200000
          POST  | /athletes/@/activities| {"moving_time":9999999999}              | must be a whole number
          POST  | /athletes/@/activities| {"athlete":null}                        | leave out athlete
          POST  | /athletes/@/activities| {"id":-1}                               | above 0
          PATCH | /activities/#         | {}                                      | Give the fields
          PATCH | /activities/#         | {"id":1}                                | cannot be changed
          PATCH | /activities/#         | {"distance":"far"}                      | must be a number
          PATCH | /activities/#         | {"name":7}                              | must be text
          PATCH | /athletes/@           | {}                                      | Give the fields
          PATCH | /athletes/@           | {"weight":"light"}                      | must be a number
          PATCH | /athletes/@           | {"bikes":[]}                            | PATCH /control/gear
          PUT   | /athletes/@/scopes    | {"scopes":"read"}                       | Give {"scopes"
          PUT   | /athletes/@/scopes    | {"scopes":["all"]}                      | Strava has read
          PUT   | /consent              | {"athlete":17}                          | There is no athlete 17
          PUT   | /clock-skew           | {"seconds":"some"}                      | Give whole seconds
          GET   | /athletes/@/snapshot?streams=laps | ''                             | the streams are activities
          """)
  void rejectsInvalidRequestsWithASentence(
      String method, String path, String body, String sentence) {
    String real =
        path.replace("@", Long.toString(sandbox.athlete()))
            .replace("#", sandbox.activities().get(0).path("id").asText());
    JsonNode before = sandbox.activities();
    RunningSandbox.Response rejected = sandbox.control(method, real, body);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.json().path("error").asText()).contains(sentence);
    assertThat(sandbox.activities()).isEqualTo(before);
  }

  @Test
  void rejectsATakenIdAndReportsWhatDoesNotExist() {
    JsonNode activity = sandbox.activities().get(0);
    String path = "/athletes/" + sandbox.athlete() + "/activities";
    assertThat(
            sandbox
                .control("POST", path, "{\"id\":" + activity.path("id") + "}")
                .json()
                .path("error")
                .asText())
        .contains("another id");
    assertThat(sandbox.control("GET", "/athletes/1/activities", "").status()).isEqualTo(404);
    assertThat(sandbox.control("PATCH", "/gear/b1", "{\"retired\":true}").status()).isEqualTo(404);
    assertThat(sandbox.control("GET", "/nothing", "").json().path("error").asText())
        .contains("/control/nothing");
  }
}
