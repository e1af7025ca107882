package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.Lake;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a sync believes of the lake that it finds, and what it creates.
class DamagedLakeTest extends SyncTestCase {

  private static final String FIRST = LakeLayout.commit("strava", "anna", 1);

  private Path object(String key) {
    return folder.resolve("lake").resolve(key);
  }

  private String remedy() {
    return account().path("error").path("remedy").asText();
  }

  private String id() {
    try (ObjectStore store = lake()) {
      return Lake.open(store).id();
    }
  }

  @Test
  void givesTheLakeAnIdEvenIfTheRunFails() {
    assertThat(sync("--account", "ben")).as("which has no token").isEqualTo(77);
    String id = id();
    assertThat(log("ben")).isEmpty();

    assertThat(sync()).isZero();

    assertThat(log("anna")).hasSize(1);
    assertThat(id()).isEqualTo(id);
  }

  @Test
  void givesALakeThatLostItsIdNoOther() throws IOException {
    api.hasActivities(2);
    sync();
    Files.delete(object(LakeLayout.LAKE));

    assertThat(sync()).isEqualTo(65);

    assertThat(report().path("error").path("what").asText())
        .contains(object(LakeLayout.LAKE).toString());
    assertThat(object(LakeLayout.LAKE)).doesNotExist();
    assertThat(log("anna")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"number\":1,\"parts\":[{}]}",
        "\"number\":2",
        "\"number\":-1",
        "\"account\":\"ben\"",
        "\"parts\":[{}]",
        "\"key\":\"../../tokens/strava-anna.json\"",
        "\"key\":\"/etc/passwd\"",
        "\"key\":\"\\u0000\""
      })
  void rebuildsNoStateFromADamagedCommit(String damage) throws IOException {
    api.hasActivities(2);
    sync();
    String commit = Files.readString(object(FIRST));
    Files.writeString(object(FIRST), damage.startsWith("\"") ? with(commit, damage) : damage);
    byte[] damaged = Files.readAllBytes(object(FIRST));
    Files.delete(object(LakeLayout.state("strava", "anna")));
    hasToken("ben", storedToken());

    assertThat(sync("--account", "anna", "--account", "ben")).isEqualTo(65);

    assertThat(account().path("error").path("doing").asText()).contains(object(FIRST).toString());
    assertThat(remedy()).startsWith("restore the object");
    assertThat(Files.readAllBytes(object(FIRST))).as("it is left alone").isEqualTo(damaged);
    assertThat(object(LakeLayout.commit("strava", "anna", 2))).doesNotExist();
    assertThat(log("ben")).as("another account goes on").hasSize(1);
  }

  private static String with(String commit, String member) {
    String name = member.substring(0, member.indexOf(':') + 1);
    int start = commit.indexOf(name);
    String rest = commit.substring(start + name.length());
    String value = rest.replaceFirst("(?s)^(\"[^\"]*\"|\\[.*]|[0-9]+).*", "$1");
    return commit.substring(0, start) + member + rest.substring(value.length());
  }

  @Test
  void rebuildsNoStateFromAFolderInPlaceOfAPart() throws IOException {
    api.hasActivities(2);
    sync();
    String key = log("anna").getFirst().parts().getLast().key();
    Files.delete(object(key));
    Files.createDirectory(object(key));
    Files.delete(object(LakeLayout.state("strava", "anna")));

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("doing").asText()).contains(object(key).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":1,\"x\":1e99999999999}", "{\"id\":1", "[]]", ""})
  void rebuildsNoStateFromALineThatIsNoRecord(String data) {
    Instant now = Instant.parse("2026-11-01T05:00:00Z");
    sync("--account", "ben"); // has no token, but the lake gets its id
    try (ObjectStore store = lake();
        CommitWriter writer =
            new CommitWriter(store, new Origin("strava", "anna", "other", null, "2"), 0)) {
      writer.upsert("activities", "[1]", now, data.getBytes(StandardCharsets.UTF_8));
      writer.commit(LocalDate.of(2026, 11, 1), now, 1, List.of());
    }

    assertThat(sync()).isEqualTo(65);

    assertThat(account().path("error").path("what").asText())
        .startsWith("one of its lines is not a record (");
    assertThat(remedy()).startsWith("restore the object");
  }

  @Test
  void ignoresForeignFilesInALog() throws IOException {
    api.hasActivities(2);
    sync();
    Files.write(object("log/strava/anna/.DS_Store"), new byte[] {0, 1});
    Files.write(object("log/strava/.DS_Store"), "x".getBytes(StandardCharsets.UTF_8));
    Files.delete(object(LakeLayout.state("strava", "anna")));

    assertThat(sync()).isZero();

    assertThat(found("activities").path("unchanged").asInt()).isEqualTo(2);
  }
}
