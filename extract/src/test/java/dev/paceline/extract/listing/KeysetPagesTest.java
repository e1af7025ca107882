package dev.paceline.extract.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The calls of a listing by time, newest first, with three records per page.
class KeysetPagesTest extends ListingTestCase {

  private static final StreamDescription BY_TIME =
      things(new Pagination.Keyset("start", "before", "page", "size", 3));

  /// A page of records `id@second`.
  private void page(String query, String... records) {
    String body =
        List.of(records).stream()
            .map(record -> record.split("@", 2))
            .map(part -> "{\"id\":%s,\"start\":\"%s\"}".formatted(part[0], time(part[1])))
            .collect(Collectors.joining(",", "[", "]"));
    api.server()
        .stubFor(
            WireMock.get(WireMock.urlEqualTo("/things?" + query))
                .willReturn(WireMock.okJson(body)));
  }

  private static String time(String second) {
    return second.isEmpty() ? "" : Instant.ofEpochSecond(Long.parseLong(second)).toString();
  }

  private List<String> queries() {
    return api.calls().stream().map(call -> call.substring("/things?".length())).toList();
  }

  @Test
  void overlapsByOneRecordUntilNothingIsNew() {
    page("size=3&state=all", "9@90", "8@80", "7@70");
    page("before=71&size=3&state=all", "7@70", "6@60", "5@50");
    page("before=51&size=3&state=all", "5@50");

    assertThat(keys(pages(BY_TIME))).isEqualTo(keysOf(9, 8, 7, 6, 5));
    assertThat(api.calls()).hasSize(3);
  }

  @Test
  void continuesAfterAShortPage() {
    page("size=3&state=all", "9@90", "8@80");
    page("before=81&size=3&state=all", "8@80", "7@70");
    page("before=71&size=3&state=all", "7@70");

    assertThat(keys(pages(BY_TIME))).isEqualTo(keysOf(9, 8, 7));
  }

  @Test
  void readsThePagesOfOneSecondInOrder() {
    page("size=3&state=all", "9@70", "8@70", "7@70");
    page("before=71&size=3&state=all", "9@70", "8@70", "7@70");
    page("before=71&page=2&size=3&state=all", "6@70", "5@70", "4@70");
    page("before=71&page=3&size=3&state=all", "3@70", "2@70", "1@60");
    page("before=61&size=3&state=all", "1@60");

    assertThat(keys(pages(BY_TIME))).isEqualTo(keysOf(9, 8, 7, 6, 5, 4, 3, 2, 1));
    assertThat(queries())
        .as("no page of that second is read twice")
        .containsExactly(
            "size=3&state=all",
            "before=71&size=3&state=all",
            "before=71&page=2&size=3&state=all",
            "before=71&page=3&size=3&state=all",
            "before=61&size=3&state=all");
  }

  @Test
  void endsAfterAFullLastPageOfOneSecond() {
    page("size=3&state=all", "9@70", "8@70", "7@70");
    page("before=71&size=3&state=all", "9@70", "8@70", "7@70");
    page("before=71&page=2&size=3&state=all");

    assertThat(keys(pages(BY_TIME))).isEqualTo(keysOf(9, 8, 7));
    assertThat(api.calls()).hasSize(3);
  }

  @Test
  void refusesASourceThatIgnoresPageNumbers() {
    api.respondsWith(
        "/things",
        WireMock.okJson(
            IntStream.of(9, 8, 7)
                .mapToObj("{\"id\":%d,\"start\":\"1970-01-01T00:01:10Z\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"))));

    LinkedPagesTest.assertUnusable(() -> keys(pages(BY_TIME)), "the same page again");
    assertThat(api.calls()).hasSize(3);
  }

  @Test
  void isNotBlockedByRecordsWithoutATime() {
    page("size=3&state=all", "9@90", "8@80", "7@70");
    page("before=71&size=3&state=all", "7@70", "6@", "5@");
    page("before=71&page=2&size=3&state=all", "4@", "3@");
    page("before=71&page=3&size=3&state=all");

    assertThat(keys(pages(BY_TIME))).isEqualTo(keysOf(9, 8, 7, 6, 5, 4, 3));
  }

  @Test
  void refusesATimeFieldThatNoRecordHas() {
    page("size=3&state=all", "9@", "8@");

    LinkedPagesTest.assertUnusable(
        () -> keys(pages(BY_TIME)), "no record of a page has a time in its start");
  }

  @Test
  void resumesWhereAnEarlierRunStopped() {
    page("size=3&state=all", "9@90", "8@80", "7@70");
    Pages cut = pages(BY_TIME);
    assertThat(cut.position()).as("before its first page").isEmpty();
    next(cut);
    assertThat(cut.position()).contains("71");

    page("before=71&size=3&state=all", "7@70", "6@60");
    page("before=61&size=3&state=all", "6@60");
    Pages later = Pages.of(BY_TIME, "/things", cut.position(), api.client());

    assertThat(keys(later)).isEqualTo(keysOf(7, 6));
    assertThat(later.position()).as("behind its last page").isEmpty();
    assertThat(queries().get(1)).isEqualTo("before=71&size=3&state=all");
  }

  @Test
  void acceptsTimesWithOffsetsAndFractions() {
    api.respondsWith(
        "/things", WireMock.okJson("[{\"id\":1,\"start\":\"1970-01-01T01:01:10.900+01:00\"}]"));
    Pages listing = pages(BY_TIME);

    next(listing);

    assertThat(listing.position()).contains("71");
  }
}
