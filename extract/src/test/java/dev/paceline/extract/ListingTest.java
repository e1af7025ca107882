package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.lake.log.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is listed, written, deleted and kept.
class ListingTest extends SyncTestCase {

  @Test
  void commitsWhatTheSourceHas() {
    api.hasActivities(3);

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(1);
    Commit commit = log("anna").getFirst();
    assertThat(commit.complete()).containsExactly("athlete", "activities");
    assertThat(commit.ds()).hasToString("2026-11-01");
    assertThat(commit.committedAt()).hasToString("2026-11-01T05:07:00Z");
    assertThat(records("anna", "athlete")).hasSize(1);
    assertThat(records("anna", "activities"))
        .extracting(line -> line.path("data").toString())
        .containsExactly(
            api.activity(3).toString(), api.activity(2).toString(), api.activity(1).toString());
  }

  @Test
  void repeatsNothingWhenRunTwice() {
    api.hasActivities(3);
    sync();

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(1);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(3);
  }

  @Test
  void writesOnlyWhatIsNewOrHasChanged() {
    api.hasActivities(5);
    sync();
    api.activity(2).put("name", "Renamed");
    api.hasActivity(6, Instant.parse("2025-06-01T06:00:00Z"));

    sync();

    assertThat(log("anna").getLast().rows()).isEqualTo(2);
    assertThat(found("activities").path("upserts").asInt()).isEqualTo(2);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(4);
  }

  @Test
  void treatsARecordWithTheSameMeaningAsUnchanged() {
    api.hasActivities(1);
    sync();
    api.activity(1).put("distance", 5000.50).putNull("gear_id").putArray("start_latlng");

    sync();

    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(1);
  }

  @Test
  void deletesWhatTheSourceConfirmsAsDeleted() {
    api.hasActivities(4);
    sync();
    api.deletes(3);

    assertThat(sync()).isZero();

    JsonNode tombstone = records("anna", "activities").getLast();
    assertThat(tombstone.path("op").asText()).isEqualTo("delete");
    assertThat(tombstone.path("key").toString()).isEqualTo("[3]");
    assertThat(tombstone.has("data")).isFalse();
    assertThat(sync()).isZero();
    assertThat(log("anna")).as("it is deleted once").hasSize(2);
  }

  @Test
  void keepsAnUnlistedRecordThatExists() {
    api.hasActivities(4);
    sync();
    api.hides(3);

    assertThat(sync()).isZero();

    assertThat(found("activities").path("deletes").asInt()).isZero();
    assertThat(log("anna")).hasSize(1);
  }

  @Test
  void refusesAListingThatLacksManyKnownRecords() {
    api.hasActivities(60);
    sync();
    for (int id = 1; id <= 25; id++) {
      api.deletes(id);
    }
    api.hasActivity(61, Instant.parse("2026-10-31T06:00:00Z"));

    assertThat(sync()).isEqualTo(65);
    assertThat(account().path("error").path("what").asText()).contains("25 of 60");
    assertThat(found("activities").path("upserts").asInt())
        .as("the rest is committed")
        .isEqualTo(1);
    assertThat(found("activities").path("deletes").asInt()).isZero();
    assertThat(log("anna").getLast().complete()).containsExactly("athlete");

    assertThat(sync("--accept-shrink")).isZero();
    assertThat(found("activities").path("deletes").asInt()).isEqualTo(25);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "199, 2", "200, 2", "201, 3", "399, 3", "400, 4", "1000, 7"})
  void listsWithTheFewestCalls(int activities, int calls) {
    api.hasActivities(activities);

    assertThat(sync()).isZero();

    assertThat(api.calls("/athlete/activities")).hasSize(calls);
    assertThat(found("activities").path("upserts").asInt()).isEqualTo(activities);
  }

  @Test
  void listsMoreThanAPageWithTheSameTime() {
    for (int id = 1; id <= 450; id++) {
      api.hasActivity(id, Instant.parse("2026-05-01T06:00:00Z"));
    }
    api.hasActivity(451, Instant.parse("2026-04-01T06:00:00Z"));

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(451);
  }

  @Test
  void startsOverOnTheSameDayAfterAFailedListing() {
    api.hasActivities(1_000);
    sync();
    api.failsWith(request -> WireMock.okJson("{\"id\": 1001, \"firstname\": \"Anna\"}"));
    for (int i = 1; i < 5; i++) {
      api.failsWith(request -> WireMock.aResponse().withStatus(503));
    }
    assertThat(sync()).isEqualTo(69);
    api.hasActivity(1_001, Instant.parse("2026-11-01T05:00:00Z"));

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).as("the new ride").isEqualTo(1);
    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(1_000);
  }

  @Test
  void acceptsAListingThatIsCompleteAgainOnTheSameDay() {
    api.hasActivities(60);
    sync();
    for (int id = 1; id <= 25; id++) {
      api.hides(id);
    }
    assertThat(sync()).isEqualTo(65);
    api.showsAll();

    assertThat(sync()).isZero();

    assertThat(found("activities").path("deletes").asInt()).isZero();
  }

  @Test
  void usesTheDateOfTheSourcesClock() {
    api.setsClockTo("2031-02-03T23:59:59Z");
    api.hasActivities(1);

    sync();

    assertThat(log("anna").getFirst().ds()).hasToString("2031-02-03");
    assertThat(records("anna", "activities").getFirst().path("extracted_at").asText())
        .isEqualTo("2031-02-03T23:59:59Z");
  }

  @Test
  void usesAGivenDate() {
    api.hasActivities(1);

    sync("--ds", "2026-10-30");

    assertThat(log("anna").getFirst().ds()).hasToString("2026-10-30");
  }

  @Test
  void keepsARecordWithoutATime() {
    api.hasActivities(250);
    api.activity(3).remove("start_date");

    assertThat(sync()).isZero();

    assertThat(found("activities").path("upserts").asInt()).isEqualTo(250);
  }

  @Test
  void refusesASourceThatRepeatsAPage() {
    api.hasActivities(250);
    api.ignoresPaging();

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("what").asText()).contains("the same page again");
    assertThat(records("anna", "activities")).hasSize(200);
  }

  @Test
  void readsAnySourceDescribedByAFolder() throws IOException {
    hasSource("toy", "athlete/activities");
    api.hasActivities(3);
    api.needsNoToken();

    assertThat(syncSource("toy", "--sources", folder.toString())).isZero();

    assertThat(log("toy", "default")).hasSize(1);
    assertThat(log("toy", "default").getFirst().rows()).isEqualTo(3);
    assertThat(log("anna")).isEmpty();
  }

  @Test
  void keepsBothRecordsWithTheSameKey() throws IOException {
    hasSource("toy", "athlete/activities");
    api.needsNoToken();
    api.failsWith(request -> WireMock.okJson("[{\"id\":1,\"n\":1},{\"id\":1,\"n\":2}]"));

    assertThat(syncSource("toy", "--sources", folder.toString())).isZero();

    assertThat(log("toy", "default")).as("a commit contains a key only once").hasSize(2);
  }

  @Test
  void refusesASourceNamedDifferentlyFromItsFolder() throws IOException {
    hasSource("toy", "x");
    Files.move(folder.resolve("toy"), folder.resolve("other"));

    assertThat(syncSource("other", "--sources", folder.toString())).isEqualTo(78);
    assertThat(report().path("error").path("what").asText()).contains("toy");
  }

  private void hasSource(String name, String path) throws IOException {
    Files.createDirectory(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("api.yaml"),
        """
        source: %s
        title: A source without sign-in, whose list is one response
        version: "1"
        api_url: %s
        authentication: {type: none}
        streams:
          - name: things
            path: /%s
            key: [id]
            pagination: {type: none}
        """
            .formatted(name, api.apiUrl(), path));
  }
}
