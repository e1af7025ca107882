package dev.paceline.extract.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages by number and by cursor, and the place of the records in a response.
class LinkedPagesTest extends ListingTestCase {

  private static final StreamDescription NUMBERED = things(new Pagination.Page("page", "size", 2));

  private static final StreamDescription BY_CURSOR =
      things(new Pagination.Cursor("from", "/meta/next", null, "size", 2), "/data/items");

  private static String body(String records, String next) {
    return "{\"data\":{\"items\":%s},\"meta\":{\"next\":%s}}".formatted(records, next);
  }

  @Test
  void readsNumberedPagesUntilOneIsNotFull() {
    pages("page", Map.of("1", records(1, 2), "2", records(3, 4), "3", records(5)));

    assertThat(keys(pages(NUMBERED))).isEqualTo(keysOf(1, 2, 3, 4, 5));
    assertThat(api.calls())
        .containsExactly(
            "/things?page=1&size=2&state=all",
            "/things?page=2&size=2&state=all",
            "/things?page=3&size=2&state=all");
  }

  @Test
  void readsAnotherPageAfterAFullLastOne() {
    pages("page", Map.of("1", records(1, 2), "2", "[]"));

    assertThat(keys(pages(NUMBERED))).isEqualTo(keysOf(1, 2));
    assertThat(api.calls()).hasSize(2);
  }

  @Test
  void returnsARecordOnceWhenAnInsertionShiftsThePages() {
    pages("page", Map.of("1", records(1, 2), "2", records(2, 3), "3", "[]"));

    assertThat(keys(pages(NUMBERED))).isEqualTo(keysOf(1, 2, 3));
  }

  @Test
  void followsTheCursorOfEachResponse() {
    pages(
        "from",
        Map.of(
            "", body(records(1, 2), "\"a/b=\""),
            "a/b=", body(records(3), "42"),
            "42", body(records(4), "null")));

    assertThat(keys(pages(BY_CURSOR))).isEqualTo(keysOf(1, 2, 3, 4));
    assertThat(api.calls().get(1)).isEqualTo("/things?from=a%2Fb%3D&size=2&state=all");
    assertThat(api.calls()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "false", "{}"})
  void endsWhenThereIsNoCursor(String next) {
    pages("from", Map.of("", body(records(1), next)));

    assertThat(keys(pages(BY_CURSOR))).isEqualTo(keysOf(1));
  }

  @Test
  void endsAtAResponseWithACursorButNoRecords() {
    pages("from", Map.of("", body(records(1), "7"), "7", body("[]", "8")));

    assertThat(keys(pages(BY_CURSOR))).isEqualTo(keysOf(1));
  }

  @Test
  void usesAMemberOfTheLastRecordAsCursor() {
    StreamDescription stream = things(new Pagination.Cursor("after", null, "id", null, null));
    pages("after", Map.of("", records(1, 2), "2", records(3), "3", "[]"));

    assertThat(keys(pages(stream))).isEqualTo(keysOf(1, 2, 3));
    assertThat(api.calls().getFirst()).isEqualTo("/things?state=all");
  }

  @Test
  void refusesCircularCursors() {
    pages(
        "from",
        Map.of(
            "", body(records(1), "7"),
            "7", body(records(2), "8"),
            "8", body(records(3), "7")));

    assertUnusable(() -> keys(pages(BY_CURSOR)), "leads back to an earlier page");
    assertThat(api.calls()).hasSize(3);
  }

  @Test
  void refusesASourceThatRepeatsAPage() {
    api.respondsWith("/things", WireMock.okJson(records(1, 2)));

    assertUnusable(() -> keys(pages(NUMBERED)), "the same page again");
    assertThat(api.calls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{}}             | it has nothing at /data/items",
        "{\"data\":[]}             | it has nothing at /data/items",
        "[]                        | it has nothing at /data/items",
        "{\"data\":{\"items\":7}}  | it is neither an object nor an array",
        "{\"data\":{\"items\":[{}]}} | has no id",
        "{\"data\":{\"items\":[]}, | its body cannot be read",
      })
  void reportsWhatAResponseLacks(String body, String what) {
    api.respondsWith("/things", WireMock.okJson(body));

    assertUnusable(() -> keys(pages(BY_CURSOR)), what);
  }

  @Test
  void keepsANestedRecordTokenForToken() {
    StreamDescription stream = things(new Pagination.None(), "/a~1b/1");
    api.respondsWith(
        "/things",
        WireMock.okJson(
            "{\"é\":[{\"x\":1}],\"a/b\":[[],[{ \"id\": 1.50, \"n\": \"ü \\u00e9\" }]]}"));

    Pages.Page page = next(pages(stream));

    assertThat(page.records().getFirst().raw())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"id\":1.50,\"n\":\"ü \\u00e9\"}");
  }

  @ParameterizedTest
  @CsvSource({"500, 69", "503, 69", "408, 69", "400, 65", "404, 65"})
  void endsAtAPageThatCannotBeRead(int status, int exit) {
    pages("page", Map.of("1", records(1, 2)));
    api.server()
        .stubFor(
            WireMock.get(WireMock.urlEqualTo("/things?page=2&size=2&state=all"))
                .willReturn(WireMock.jsonResponse("{\"message\":\"No\"}", status)));
    Pages listing = pages(NUMBERED);
    next(listing);

    assertThatThrownBy(() -> next(listing))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit().code()).isEqualTo(exit))
        .hasMessageContaining("Reading the stream things from /things?page=2");
  }

  @Test
  void hasNoPosition() {
    pages("page", Map.of("1", records(1, 2), "2", "[]"));
    Pages listing = pages(NUMBERED);

    next(listing);

    assertThat(listing.position()).isEmpty();
  }

  static void assertUnusable(ThrowingCallable listing, String what) {
    assertThatThrownBy(listing)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNUSABLE))
        .hasMessageContaining(what);
  }
}
