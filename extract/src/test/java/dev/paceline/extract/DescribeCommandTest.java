package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `extract describe` describes sources in words, without settings or calls.
class DescribeCommandTest {

  @TempDir Path folder = Path.of("");

  @Test
  void listsTheSourcesOfTheImageAndTheUsersOwn() throws IOException {
    ToySource.write(folder, ToySource.VALID);

    CommandRun run = CommandRun.onTerminal(folder, "describe", "--sources", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.output()).isEqualTo("strava       Strava API v3\ntoy          Toys\n");
  }

  @Test
  void marksABrokenSourceAndListsTheOthers() throws IOException {
    Path file = ToySource.write(folder, ToySource.with("title: Toys", "titel: Toys"));

    CommandRun run = CommandRun.onTerminal(folder, "describe", "--sources", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.output())
        .isEqualTo(
            "strava       Strava API v3\ntoy          broken, see: extract validate %s\n"
                .formatted(file));
    assertThat(
            CommandRun.of(folder, "describe", "--sources", folder.toString())
                .report()
                .path("broken")
                .path("toy")
                .asText())
        .isEqualTo(file.toString());
  }

  @Test
  void reportsAMissingSourcesFolder() {
    CommandRun run = CommandRun.of(folder, "describe", "toy", "--sources", folder + "/absent");

    assertThat(run.exit()).isEqualTo(78);
    assertThat(run.report().path("error").path("remedy").asText()).contains("--sources");
  }

  @Test
  void namesEverySettingOfStrava() {
    assertThat(CommandRun.onTerminal(folder, "describe", "strava").output())
        .contains(
            "PACELINE_LAKE",
            "PACELINE_TOKENS",
            "  identity    athlete, which every run reads first: if it names somebody else, nothing is committed\n",
            "PACELINE_STRAVA_STREAMS",
            "PACELINE_STRAVA_ON_LIMIT",
            "PACELINE_STRAVA_VERIFY_CALLS",
            "secretsmanager:name#member");
  }

  @Test
  void describesEachCommandInWholeSentences() {
    assertThat(CommandRun.onTerminal(folder, "--help").output())
        .contains("its owner consents in a browser.\n", "left of the call budget.\n")
        .doesNotContain("...");
  }

  @Test
  void describesWhenEachStreamIsRead() throws IOException {
    ToySource.write(folder, ToySource.VALID);

    assertThat(
            CommandRun.onTerminal(folder, "describe", "toy", "--sources", folder.toString())
                .output())
        .contains(
            "  sign-in     a key in the header X-Api-Key\n",
            "  budget      calls, per 1 minute, reported in X-Limit and X-Usage\n",
            "  error       403 with asleep: the call is retried\n",
            "  PACELINE_TOY_API_KEY       the key, sent as X-Api-Key; or a reference: file:PATH,",
            "Streams: listings first, then record by record, newest first\n",
            """
              toys
                  GET /toys, numbered pages of 50
                  key: id
                  read in every run
                  a change of likes alone does not count as one
                  a key missing from the listing is deleted if /toys/{id} returns 404

              parts
                  GET /toys/{id}/parts, one response
                  key: that of toys
                  read for each record of toys, when it is new or it has changed
            """
                .indent(0));
  }

  @Test
  void describesStravaWithinAHundredColumns() {
    CommandRun run = CommandRun.onTerminal(folder, "describe", "strava");

    assertThat(run.exit()).isZero();
    assertThat(run.output().lines()).hasSizeGreaterThan(50);
    assertThat(run.output().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void reportsTheSameDescriptionAsJson() {
    JsonNode report = CommandRun.of(folder, "describe", "strava").report();

    assertThat(report.has("left_out")).as("it fits into a report").isFalse();
    JsonNode streams = report.path("description").path("streams");
    assertThat(streams).hasSize(13);
    assertThat(streams.path(6).path("name").asText()).isEqualTo("activity_streams");
    assertThat(streams.path(6).path("when").asText()).endsWith("not where manual is true");
  }

  @Test
  void printsTheSchemaBeforeTheReport() {
    CommandRun run = CommandRun.of(folder, "describe", "--schema");

    assertThat(run.exit()).isZero();
    assertThat(run.output()).startsWith("{\"$schema\":\"https://json-schema.org/draft/2020-12/");
    assertThat(run.output()).hasLineCount(2);
    assertThat(run.report().path("status").asText()).isEqualTo("done");
  }

  @Test
  void reportsEveryMistakeOfAnInvalidSource() throws IOException {
    ToySource.write(
        folder, ToySource.with("title: Toys", "titel: Toys").replace("size: 50", "size: 0"));

    CommandRun run = CommandRun.of(folder, "describe", "toy", "--sources", folder.toString());

    assertThat(run.exit()).isEqualTo(78);
    assertThat(run.report().path("error").path("what").asText())
        .isEqualTo(
            """
            3 mistakes:
              line 1, column 1: title is missing: What people call the API
              line 2, column 1: titel: there is no such member; did you mean title?
              line 17, column 74: streams[1].pagination.size: must be at least 1, but is 0\
            """
                .indent(0)
                .stripTrailing());
  }

  @Test
  void reportsAnUnknownSource() {
    CommandRun run = CommandRun.of(folder, "describe", "starva");

    assertThat(run.exit()).isEqualTo(64);
    assertThat(run.report().path("error").path("doing").asText()).contains("\"starva\"");
  }
}
