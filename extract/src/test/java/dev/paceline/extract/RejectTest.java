package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One corrupt record never stops the others, and a source that is down causes no rejects.
final class RejectTest extends SyncTestCase {

  @BeforeEach
  void readsDetails() {
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities,activity_details");
    variables.put("PACELINE_STRAVA_VERIFY_CALLS", "0");
    api.hasActivities(20);
  }

  @Test
  void storesTheErrorInPlaceOfARecordAndContinues() {
    api.breaks("/activities/7", 500);

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(19);
    JsonNode reject = records("anna", "_rejected").getFirst();
    assertThat(reject.path("op").asText()).isEqualTo("reject");
    assertThat(reject.path("key").toString()).isEqualTo("[\"activity_details\",7]");
    assertThat(reject.path("status").asInt()).isEqualTo(500);
    assertThat(reject.path("reason").asText()).isNotBlank();
    assertThat(
            new String(
                Base64.getDecoder().decode(reject.path("body_base64").asText()),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"message\":\"error\"}");
    assertThat(found("activity_details").path("rejects").asInt()).isEqualTo(1);
  }

  @Test
  void triesARejectAgainAfterADayThenAfterTwo() {
    api.breaks("/activities/7", 500);
    sync();
    int before = api.calls("/activities/7").size();
    sync();
    assertThat(api.calls("/activities/7")).as("the same day").hasSize(before);

    api.advancesClockBy(Duration.ofDays(1));
    sync();
    int again = api.calls("/activities/7").size();
    assertThat(again).as("the next day").isGreaterThan(before);

    api.advancesClockBy(Duration.ofDays(1));
    sync();
    assertThat(api.calls("/activities/7")).as("the day after").hasSize(again);

    api.breaks("/activities/7", 0);
    api.advancesClockBy(Duration.ofDays(1));
    assertThat(sync()).isZero();
    assertThat(records("anna", "activity_details").getLast().path("key").toString())
        .isEqualTo("[7]");
  }

  @Test
  void rejectsNothingWhenTheSourceIsDown() {
    for (int id = 1; id <= 20; id++) {
      api.breaks("/activities/" + id, 500);
    }
    boolean[] broken = {false};
    api.afterEachCall(() -> {
      if (!broken[0]
          && !api.calls("/athlete/activities").isEmpty()
          && !api.calls("/activities/").isEmpty()) {
        broken[0] = true;
        api.breaks("/athlete", 500);
      }
    });

    assertThat(sync()).isEqualTo(69);

    assertThat(records("anna", "_rejected")).isEmpty();
    assertThat(records("anna", "activities")).as("what was read before is committed").hasSize(20);
    assertThat(account().path("queued").path("records").path("activity_details").asInt())
        .isEqualTo(20);
  }

  @Test
  void rejectsTheLastRecordOfARun() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities,activity_details");
    api.breaks("/activities/1", 500); // the oldest: it is read last

    assertThat(sync()).isZero();

    assertThat(records("anna", "activity_details")).hasSize(19);
    assertThat(records("anna", "_rejected")).hasSize(1);
  }

  @Test
  void aRecordBeyondTheLimitsSaysNothingAboutTheSource() {
    for (int id = 3; id <= 18; id++) {
      api.respondsWith("/activities/" + id, "{\"id\":%d,\"laps\":[1e999999999]}".formatted(id));
    }

    assertThat(sync()).as("as many corrupt records would end the run").isZero();

    assertThat(records("anna", "activity_details")).hasSize(4);
    assertThat(records("anna", "_rejected"))
        .hasSize(16)
        .extracting(reject -> reject.path("reason").asText())
        .containsOnly("the number 1e999999999 has more than 1000 digits");
  }

  @Test
  void aRecordThatNoLongerFitsIsNotDeleted() {
    variables.put("PACELINE_STRAVA_STREAMS", "activities");
    sync();
    api.activity(7).put("distance", new BigDecimal("1e999999999"));

    assertThat(sync()).isZero();

    assertThat(records("anna", "activities")).as("no tombstone").hasSize(20);
    assertThat(records("anna", "_rejected")).hasSize(1);

    api.activity(7).put("distance", 5000.5);
    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).as("it fits again").hasSize(21);
  }

  @Test
  void getsPastManyConsecutiveCorruptRecords() {
    for (int id = 3; id <= 18; id++) {
      api.breaks("/activities/" + id, 500);
    }

    assertThat(sync()).as("too many in a row").isEqualTo(69);
    assertThat(sync()).as("but they do not block the run permanently").isZero();

    assertThat(records("anna", "activity_details")).hasSize(4);
    assertThat(records("anna", "_rejected")).hasSize(16);
  }
}
