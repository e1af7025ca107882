package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Recorded activities are served unchanged, including digits, escapes and unknown fields.
final class ReplayTest {
  private static final String OLDER =
      "{\"id\": 7000000001, \"athlete\": {\"id\": 1001, \"resource_state\": 1}, \"name\": \"caf\\u00e9 \", \"distance\": 10000.00, \"elapsed_time\": 3600, \"start_date\": \"2022-03-01T08:00:00Z\", \"strange\": 1e2}";
  private static final String NEWER =
      "{\"id\":7000000002,\"athlete\":{\"id\":1001},\"name\":\"b\",\"distance\":5,\"elapsed_time\":60,\"start_date\":\"2022-03-02T08:00:00Z\"}";
  private static final String OF_ANOTHER =
      "{\"id\":7000000003,\"athlete\":{\"id\":1002},\"name\":\"c\",\"distance\":5,\"elapsed_time\":60,\"start_date\":\"2022-02-02T08:00:00Z\"}";

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), OLDER + "\n\n" + OF_ANOTHER + "\n");
    Files.writeString(folder.resolve("b.jsonl"), NEWER + "\n");
    Files.writeString(folder.resolve("notes.txt"), "not a recording");
  }

  @Test
  void servesRecordsTokenForTokenNewestFirst() {
    try (RunningSandbox sandbox = replayed()) {
      assertThat(sandbox.get("/api/v3/athlete/activities").body())
          .isEqualTo("[" + NEWER + "," + OLDER + "]");
      assertThat(sandbox.get("/api/v3/activities/7000000001").body()).isEqualTo(OLDER);
      assertThat(sandbox.get("/api/v3/activities/7000000001/streams?keys=time").status())
          .isEqualTo(404);
    }
  }

  @Test
  void takesAthletesAndClockFromTheRecords() {
    try (RunningSandbox sandbox = replayed()) {
      assertThat(sandbox.athletes())
          .extracting(athlete -> athlete.path("id").longValue())
          .containsExactly(1001L, 1002L);
      assertThat(sandbox.control("GET", "/clock", "").json().path("now").asText())
          .isEqualTo("2022-03-03T05:00:00Z");
      JsonNode athlete = sandbox.get("/api/v3/athlete").json();
      assertThat(athlete.path("id").longValue()).isEqualTo(1001);
      assertThat(athlete.path("resource_state").intValue()).isEqualTo(3);
    }
  }

  @Test
  void showsARecordWhenItsActivityHasEnded() {
    try (RunningSandbox sandbox = replayed("--clock", "2022-03-02T08:00:59Z")) {
      assertThat(sandbox.activities()).hasSize(1);
      sandbox.advance("PT1S");
      assertThat(sandbox.activities()).hasSize(2);
    }
  }

  @Test
  void changesOneFieldAndKeepsTheDigitsOfTheOthers() {
    try (RunningSandbox sandbox = replayed()) {
      sandbox.control("PATCH", "/activities/7000000001", "{\"name\":\"new\"}");
      assertThat(sandbox.get("/api/v3/activities/7000000001").body())
          .contains("\"name\":\"new\"", "\"distance\":10000.00", "\"id\":7000000001");
      JsonNode added = sandbox.control("POST", "/athletes/1002/activities", "{}").json();
      assertThat(added.path("athlete").path("id").longValue()).isEqualTo(1002);
      sandbox.control("DELETE", "/activities/7000000002", "");
      assertThat(sandbox.activities()).hasSize(1);
    }
  }

  @Test
  void keepsItsStateAcrossRestarts() {
    String file = folder.resolve("state.json").toString();
    try (RunningSandbox sandbox = replayed("--state", file)) {
      sandbox.control("DELETE", "/activities/7000000002", "");
      sandbox.advance("P1D");
    }
    try (RunningSandbox sandbox = replayed("--state", file)) {
      assertThat(sandbox.activities()).hasSize(1);
      assertThat(sandbox.control("GET", "/clock", "").json().path("now").asText())
          .isEqualTo("2022-03-04T05:00:00Z");
    }
  }

  @Test
  void readsArraysAsTheApiReturnsThem() throws IOException {
    Files.delete(folder.resolve("a.jsonl"));
    Files.writeString(
        folder.resolve("b.jsonl"), "[%s,\n  %s]\n[]\n".formatted(NEWER, OLDER)); // page 2 is empty
    try (RunningSandbox sandbox = replayed()) {
      assertThat(sandbox.get("/api/v3/athlete/activities").body())
          .isEqualTo("[" + NEWER + "," + OLDER + "]");
    }
  }

  @Test
  void readsTheArraysInFilesNamedJson() throws IOException {
    Files.delete(folder.resolve("b.jsonl"));
    Files.writeString(folder.resolve("page-1.json"), "\n [" + NEWER + "]");
    Files.writeString(folder.resolve("state.json"), "{\"origin\": {}}");
    try (RunningSandbox sandbox = replayed()) {
      assertThat(sandbox.activities()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void skipsAByteOrderMark(String charset) throws IOException {
    String snow = NEWER.replace("\"b\"", "\"\u2744\"");
    for (String content : List.of(snow + "\n", "[" + snow + "]")) {
      Files.writeString(folder.resolve("b.jsonl"), "\uFEFF" + content, Charset.forName(charset));
      try (RunningSandbox sandbox = replayed()) {
        assertThat(sandbox.get("/api/v3/activities/7000000002").body()).isEqualTo(snow);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[NEWER, 7]    | Line 2 of FILE cannot be served: it is not a JSON object.",
        "[NEWER, NEWER]| Line 2 of FILE cannot be served: activity 7000000002 appears twice.",
        "[NEWER,       | Line 1 of FILE cannot be served: it is not a JSON object.",
        "[{}, NEWER]   | Line 1 of FILE cannot be served: "
      })
  void namesTheLineOfAnArrayThatCannotBeServed(String array, String message) throws IOException {
    Path file = folder.resolve("b.jsonl");
    Files.writeString(file, array.replace("NEWER", NEWER).replace(", ", ",\n"));
    assertThatThrownBy(this::replayed)
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith(message.replace("FILE", file.toString()));
  }

  private RunningSandbox replayed(String... more) {
    String[] options = new String[2 + more.length];
    options[0] = "--replay";
    options[1] = folder.toString();
    System.arraycopy(more, 0, options, 2, more.length);
    return RunningSandbox.with(options);
  }

  @Test
  void showsRecordsAddedSinceTheLastStart() throws IOException {
    String state = folder.resolve("state.json").toString();
    try (RunningSandbox sandbox = replayed("--state", state)) {
      assertThat(sandbox.activities()).hasSize(2);
    }
    String later = NEWER.replace("7000000002", "7000000009").replace("2022-03-02T", "2022-05-01T");
    Files.writeString(folder.resolve("c.jsonl"), later + "\n");
    try (RunningSandbox sandbox = replayed("--state", state)) {
      assertThat(sandbox.activities()).hasSize(3);
    }
  }

  @Test
  void startsTheClockAfterALongActivityHasEnded() throws IOException {
    String overnight =
        "{\"id\":7000000010,\"athlete\":{\"id\":1001},\"name\":\"Night\",\"elapsed_time\":43200,"
            + "\"start_date\":\"2022-06-01T20:00:00Z\"}";
    Files.writeString(folder.resolve("d.jsonl"), overnight + "\n");
    try (RunningSandbox sandbox = replayed()) {
      assertThat(sandbox.get("/api/v3/athlete/activities").body()).contains("7000000010");
    }
  }
}
