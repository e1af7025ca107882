package dev.paceline.extract.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Document;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The child records of one record: a single response, or all pages as one list.
class ChildReaderTest extends ListingTestCase {

  private static final Pagination PAGES = new Pagination.Page("page", "size", 2);

  private ApiResponse<Content> read(Pagination pagination, @Nullable String records) {
    return ChildReader.read(
        stream(List.of(), Map.of("all", "true"), pagination, records), "/things", api.client());
  }

  private String found(Pagination pagination, @Nullable String records) {
    return read(pagination, records) instanceof ApiResponse.Found<Content> found
            && found.value() instanceof Document document
        ? new String(document.raw(), StandardCharsets.UTF_8)
        : "nothing";
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":1.50,\"laps\":[]}", "[]", "[{\"a\":1},{\"a\":2}]"})
  void isTheSingleResponseAsReceived(String body) {
    api.respondsWith("/things", WireMock.okJson(body));

    assertThat(found(new Pagination.None(), null)).isEqualTo(body);
    assertThat(api.calls()).containsExactly("/things?all=true");
  }

  @Test
  void isThePartOfTheResponseThatApiYamlNames() {
    api.respondsWith("/things", WireMock.okJson("{\"data\": {\"a\": 1}, \"took\": 7}"));

    assertThat(found(new Pagination.None(), "/data")).isEqualTo("{\"a\":1}");
  }

  @Test
  void joinsNumberedPagesIntoOneList() {
    pages("page", Map.of("1", "[{\"n\":\"A.\"}, {\"n\":\"A.\"}]", "2", "[{\"n\":\"B.\"}]"));

    assertThat(found(PAGES, null)).isEqualTo("[{\"n\":\"A.\"},{\"n\":\"A.\"},{\"n\":\"B.\"}]");
    assertThat(api.calls())
        .containsExactly("/things?all=true&page=1&size=2", "/things?all=true&page=2&size=2");
  }

  @Test
  void joinsCursorPagesIntoOneList() {
    pages("after", Map.of("", "[{\"c\":\"x\"},{\"c\":\"y\"}]", "y", "[{\"c\":\"z\"}]", "z", "[]"));

    assertThat(found(new Pagination.Cursor("after", null, "c", null, null), null))
        .isEqualTo("[{\"c\":\"x\"},{\"c\":\"y\"},{\"c\":\"z\"}]");
  }

  @Test
  void isAnEmptyListIfThereAreNoRecords() {
    pages("page", Map.of("1", "[]"));

    assertThat(found(PAGES, null)).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({"404, Refused", "500, Refused", "422, Refused"})
  void isTheErrorOfAPageThatCannotBeRead(int status, String response) {
    pages("page", Map.of("1", "[{\"a\":1},{\"a\":2}]"));
    api.server()
        .stubFor(
            WireMock.get(WireMock.urlEqualTo("/things?all=true&page=2&size=2"))
                .willReturn(WireMock.status(status)));

    assertThat(read(PAGES, null).getClass().getSimpleName()).isEqualTo(response);
  }

  @Test
  void refusesARepeatedPage() {
    api.respondsWith("/things", WireMock.okJson("[{\"a\":1},{\"a\":2}]"));

    LinkedPagesTest.assertUnusable(() -> read(PAGES, null), "the same page again");
  }
}
