package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `extract validate` reports every mistake in an `api.yaml`, with its position, in a sentence.
class ValidateCommandTest {

  @TempDir Path folder = Path.of("");

  @Test
  void saysInOneSentenceThatAFileIsValid() throws IOException {
    Path file = ToySource.write(folder, ToySource.VALID);

    CommandRun run = CommandRun.onTerminal(folder, "validate", file.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.output()).isEqualTo(file + " is valid: Toys, 3 streams.\n");
  }

  @Test
  void findsNothingWrongWithStrava() {
    CommandRun run = CommandRun.of(folder, "validate", "strava");

    assertThat(run.exit()).isZero();
    assertThat(run.report().path("source").asText()).isEqualTo("strava");
  }

  @Test
  void acceptsAFolderAndTheNameOfAUsersSource() throws IOException {
    ToySource.write(folder, ToySource.VALID);

    assertThat(validate(folder.resolve("toy")).exit()).isZero();
    assertThat(
            CommandRun.of(folder, "validate", "toy", "--sources", folder.toString())
                .report()
                .path("streams")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  void describesAFileInsideTheImage() {
    assertThat(CommandRun.onTerminal(folder, "validate", "strava").output())
        .startsWith("the image's sources/strava/api.yaml is valid: ");
  }

  @Test
  void printsEachMistakeOnALineOnATerminal() throws IOException {
    String yaml =
        ToySource.with("size: 50", "size: 0")
            .replace("title: Toys", "titel: Toys")
            .replace("of: toys", "of: toy");

    Path file = ToySource.write(folder, yaml);

    CommandRun run = CommandRun.onTerminal(folder, "validate", file.toString());

    assertThat(run.exit()).isEqualTo(78);
    assertThat(run.output())
        .isEqualTo(
            """
            %1$s:1:1: title is missing: What people call the API
            %1$s:2:1: titel: there is no such member; did you mean title?
            %1$s:17:74: streams[1].pagination.size: must be at least 1, but is 0
            """
                .formatted(file));
  }

  @Test
  void listsTheMistakesInTheReport() throws IOException {
    CommandRun run =
        validate(ToySource.write(folder, ToySource.with("status: 403", "status: 200")));

    assertThat(run.exit()).isEqualTo(78);
    assertThat(run.report().path("status").asText()).isEqualTo("configuration");
    JsonNode mistake = run.report().path("mistakes").path(0);
    assertThat(mistake.path("line").asInt()).isEqualTo(9);
    assertThat(mistake.path("column").asInt()).isEqualTo(6);
    assertThat(mistake.path("path").asText()).isEqualTo("errors[0].status");
    assertThat(mistake.path("what").asText()).isEqualTo("must be at least 400, but is 200");
  }

  @Test
  void reportsASourceNamedDifferentlyFromItsFolder() throws IOException {
    Path file = ToySource.write(folder, ToySource.with("source: toy", "source: toys"));
    assertThat(mistakes(validate(file)))
        .isEqualTo("line 1, column 1: source: toys differs from the name of its folder, toy");

    Path draft = Files.move(file, folder.resolve("draft.yaml"));
    assertThat(validate(draft).exit()).as("a file with another name may be in any folder").isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "toy_stage | source: a name that ends in _stage is kept for the stage of the source \"toy\"",
        "pg_toy    | source: Postgres reserves names that begin with pg_",
        "mart      | source: the schema \"mart\" of the warehouse has another purpose",
      })
  void reportsASourceWhoseSchemaHasAnotherPurpose(String name, String mistake) throws IOException {
    Path file = folder.resolve("api.yaml");
    Files.writeString(file, ToySource.with("source: toy", "source: " + name));

    assertThat(mistakes(validate(file))).isEqualTo("line 1, column 1: " + mistake);
  }

  @Test
  void reportsAMissingFile() {
    CommandRun run = validate(folder.resolve("nowhere/api.yaml"));

    assertThat(run.exit()).isEqualTo(64);
    assertThat(run.report().path("error").path("what").asText()).isEqualTo("there is no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          version: "1"        | version: 1            | version: must be text that is not empty; put it in quotes if it looks like a number
          https://api         | ftp://api             | api_url: "ftp://api.example.org" must be a URL like https://host/path, without credentials or a query
          type: api_key, header: X-Api-Key | type: api_kye | authentication.type: must be one of ["none", "api_key", "client_credentials", "oauth2_refresh_token"], but is "api_kye"; did you mean api_key?
          header: X-Api-Key   | haeder: X-Api-Key     | `authentication: header is missing: The header that carries the key, which is the setting PACELINE_<SOURCE>_API_KEY
          authentication.haeder: there is no such member; did you mean header?`
          windows: [PT1M]     | windows: [PT0M]       | rate_limits[0].windows[0]: "PT0M" must be a duration of at least one second, like PT15M
          windows: [PT1M]     | windows: [1 minute]   | rate_limits[0].windows[0]: "1 minute" must be a duration like PT15M or P1D (ISO 8601)
          windows: [PT1M]     | windows: []           | rate_limits[0].windows: must not be empty
          windows: [PT1M]     | `windows: [PT1M], published: [0]` | rate_limits[0].published[0]: must be at least 1, but is 0
          status: 403         | status: 700           | errors[0].status: must be at most 599, but is 700
          meaning: retry      | meaning: wait         | errors[0].meaning: must be one of ["retry", "skip", "absent", "scope_missing", "account_refused", "application_refused"], but is "wait"
          path: /toys/{id}/parts | path: /toys/{id    | streams[2].path: "/toys/{id" must be a path like /activities/{id}: beginning with /, without a query, and with every brace closed
          size_parameter: size, size: 50 | size: 50   | streams[1].pagination: size_parameter is missing: The parameter that takes the size
          volatile: [likes]   | volatile: likes       | streams[1].volatile: must be of type array, not string
          volatile: [likes]   | volatile: [a, a]      | streams[1].volatile: must not contain duplicates
          volatile: [likes]   | optional: yes         | streams[1].optional: must be of type boolean, not string
          volatile: [likes]   | query: {count: 5}     | streams[1].query.count: must be text: put it in quotes
          each: {of: toys}    | pagination: {type: link} | streams[2]: key is missing: The members that identify a record within an account
          each: {of: toys}    | `each: {of: toys}
              key: [id]`                              | streams[2].key: leave it out: the stream takes the key of the stream it is read for
          each: {of: toys}    | `each: {of: toys}
              pagination: {type: cursor, parameter: at}` | streams[2].pagination: needs either next or next_of_last, but not both
          each: {of: toys}    | `each: {of: toys}
              pagination: {type: cursor, parameter: at, next: /at, size: 5}` | streams[2].pagination: size_parameter is missing, though size is present
          """)
  void reportsWhatTheSchemaDoesNotAllow(String old, String other, String mistake)
      throws IOException {
    assertThat(mistakesWithoutPositions(ToySource.with(old, other))).isEqualTo(mistake);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: toys          | name: owner           | `streams[1].name: a stream above is also called owner
          streams[2].each.of: no stream above is called toys`
          of: toys            | of: toyz              | streams[2].each.of: no stream above is called toyz; did you mean toys?
          of: toys            | of: parts             | streams[2].each.of: no stream above is called parts
          /toys/{id}/parts    | /toys/{no}/parts      | streams[2].path: nothing fills {no}: it is not a member of the key
          /toys/{id}/parts    | /parts                | streams[2].path: would be the same for each record: give it {id}
          path: /owner        | path: /owner/{id}     | streams[0].path: nothing fills {id}: a listing has no key to take it from
          path: "/toys/{id}"  | path: "/toys/{idd}"   | streams[1].gone.path: nothing fills {idd}: it is not a member of the key; did you mean id?
          each: {of: toys}    | `each: {of: toys}
              volatile: [likes]`                      | streams[2].volatile: leave it out: nothing is read because this stream changed
          each: {of: toys}    | `each: {of: toys}
              gone: {}`                               | streams[2].gone: leave it out: it is deleted with the record that it is read for
          volatile: [likes]   | verified: true        | streams[1].verified: leave it out: a listing is read in every run
          volatile: [likes]   | optional: true        | streams[2].each.of: toys is optional, so this stream has to be as well
          volatile: [likes]   | `query: {page: "1"}`  | streams[1].query.page: leave it out: pagination sets it
          windows: [PT1M]     | `windows: [PT1M], published: [1, 2]` | rate_limits[0].published: has 2 numbers, but there is 1 window
          volatile: [likes]   | scope: toys:read      | streams[1].scope: authentication.scopes does not include toys:read
          path: /toys/{id}/parts | path: /{toys.id}/{id} | streams[2].path: toys is a list, so {toys.id} names no single record
          each: {of: toys}    | `key: [id]
              each: {of: toys, values: [{stream: owner, member: toy_id}]}` | streams[2].each.of: toys is a list: with values, it has to be a single record
          each: {of: toys}    | `each: {of: toys}
              pagination: {type: keyset, field: a, before_parameter: b, page_parameter: c, size_parameter: d, size: 9}` | streams[2].pagination.type: keyset is for listings
          each: {of: toys}    | `each: {of: toys}
              pagination: {type: link}
            - name: screws
              path: /toys/{id}/parts/screws
              each: {of: parts}` | streams[3].each.of: parts has a list for each record of toys, and the records of such a list have no key
          each: {of: toys}    | `each: {of: toys}
            - name: screws
              path: /toys/{no}/parts/screws
              each: {of: parts}` | streams[3].path: nothing fills {no}: it is not a member of the key
          path: /toys/{id}/parts | path: /{owner.name}/{id} | streams[2].path: nothing fills {owner.name}: only the key of owner is known, which is id
          title: Toys         | `title: Toys
          identity: owners`   | identity: no stream is called owners; did you mean owner?
          title: Toys         | `title: Toys
          identity: toys`     | identity: toys is not a single record with one id
          `title: Toys`       | `title: Toys
          identity: parts`    | identity: parts is not a single record with one id
          - {status: 403, contains: asleep, meaning: retry} | `- {status: 403, meaning: skip}
            - {status: 403, contains: asleep, meaning: retry}` | errors[1]: a rule above matches every 403: put this one before it
          https://api.example.org | https://api.example.org:70000 | api_url: must be http:// or https://, a host, and no port above 65535
          {type: api_key, header: X-Api-Key} | {type: client_credentials, client_id: "[0-9"} | authentication.client_id: this is not a regular expression
          {type: api_key, header: X-Api-Key} | {type: client_credentials} | authentication.type: this type needs oauth_url, which is missing
          """)
  void reportsMembersThatDoNotFitTogether(String old, String other, String mistakes)
      throws IOException {
    assertThat(mistakesWithoutPositions(ToySource.with(old, other))).isEqualTo(mistakes);
  }

  private CommandRun validate(Path path) {
    return CommandRun.of(folder, "validate", path.toString());
  }

  private String mistakesWithoutPositions(String yaml) throws IOException {
    CommandRun run = validate(ToySource.write(folder, yaml));
    assertThat(run.exit()).isEqualTo(78);
    return mistakes(run).replaceAll("(?m)^line [1-9][0-9]*, column [1-9][0-9]*: ", "");
  }

  private static String mistakes(CommandRun run) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode mistake : run.report().path("mistakes")) {
      lines.append(
          "\nline %s, column %s: %s: %s"
              .formatted(
                  mistake.path("line"),
                  mistake.path("column"),
                  mistake.path("path").asText(),
                  mistake.path("what").asText()));
    }
    return lines.substring(1);
  }
}
