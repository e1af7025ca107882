package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.listing.ChildReader;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Document;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A source with cursors, an API key and children, whose `api.yaml` alone says so.
class ApiKeySourceTest extends ToyTestCase {

  private static final String FIRST = "/v2/orders?limit=2&state=all";
  private static final String SECOND = "/v2/orders?after=c%2B2&limit=2&state=all";

  @BeforeEach
  void hasThreeOrders() {
    variables.put("PACELINE_ORDERS_API_URL", toy.url() + "/v2");
    variables.put("PACELINE_ORDERS_API_KEY", "key-of-the-shop");
    respondsWith(
        FIRST,
        WireMock.okJson(
            """
            {"meta": {"next": "c+2"},
             "data": {"items": [{"shop": "a", "number": 1}, {"shop": "b", "number": 1}]}}
            """));
    respondsWith(
        SECOND,
        WireMock.okJson(
            "{\"data\":{\"items\":[{\"shop\":\"a\",\"number\":2}]},\"meta\":{\"next\":null}}"));
    toy.server()
        .stubFor(
            WireMock.get(WireMock.urlPathMatching("/v2/orders/.*/lines"))
                .willReturn(WireMock.okJson("{\"data\":{\"items\":[{\"article\":\"tea\"}]}}")));
  }

  @Test
  void commitsAllPagesSignedWithTheKey() {
    assertThat(syncToy("orders")).isZero();

    assertThat(committed("orders", "orders"))
        .containsExactly(
            "{\"shop\":\"a\",\"number\":1}",
            "{\"shop\":\"b\",\"number\":1}",
            "{\"shop\":\"a\",\"number\":2}");
    assertThat(committed("orders", "order_lines"))
        .as("a child of each order")
        .hasSize(3)
        .containsOnly("[{\"article\":\"tea\"}]");
    assertThat(toy.header("X-Api-Key")).containsOnly("key-of-the-shop");
    assertThat(toy.header("Authorization")).containsOnly("-");
  }

  /// The state says how many pages the last listing had, which no rule tells for cursors.
  @Test
  void forecastsAListingWithCursors() {
    syncToy("orders");

    assertThat(run("plan", "orders", "--sources", toys().toString(), "--runs", "1")).isZero();

    JsonNode expected = report().path("calls");
    assertThat(expected.toString()).isEqualTo("{\"/orders\":2}");
    assertThat(syncToy("orders")).isZero();
    assertThat(account().path("calls")).isEqualTo(expected);
  }

  @Test
  void saysWhatIsAMinimumBeforeTheFirstListing() {
    int exit =
        run("plan", "orders", "--sources", toys().toString(), "--activities", "3", "--runs", "1");

    assertThat(exit).isZero();
    assertThat(report().path("calls").toString())
        .isEqualTo("{\"/orders\":1,\"/orders/{shop}/{number}/lines\":3}");
    assertThat(report().path("assumptions").toString())
        .contains("default has 3 orders")
        .contains("one page is counted for each list of orders, order_lines");
  }

  @Test
  void waitsWhenTheSourceAsksForIt() {
    respondsOnceWith(
        SECOND,
        WireMock.jsonResponse("{\"errors\":{\"code\":\"too_many\"}}", 429)
            .withHeader("Retry-After", "0"));

    assertThat(syncToy("orders")).isZero();

    assertThat(committed("orders", "orders")).hasSize(3);
  }

  @Test
  void retriesErrorsThatApiYamlCallsTemporary() {
    respondsOnceWith(
        FIRST, WireMock.jsonResponse("{\"errors\":{\"code\":\"being_indexed\"}}", 400));

    assertThat(syncToy("orders")).isZero();

    assertThat(committed("orders", "orders")).hasSize(3);
  }

  @Test
  void keepsWhatItHasWhenALaterPageCannotBeRead() {
    respondsWith(SECOND, WireMock.jsonResponse("{\"errors\":{\"code\":\"bad_cursor\"}}", 422));

    assertThat(syncToy("orders")).isEqualTo(65);

    assertThat(account().path("error").path("what").asText())
        .isEqualTo("the source returned 422 {\"code\":\"bad_cursor\"}");
    assertThat(committed("orders", "orders")).hasSize(2);
  }

  @Test
  void namesTheRefusedKeyWithoutPrintingIt() {
    respondsWith(
        FIRST, WireMock.jsonResponse("{\"errors\":{\"key\":\"key-of-the-shop is unknown\"}}", 401));

    assertThat(syncToy("orders", "--verbose")).isEqualTo(77);

    assertThat(account().path("error").path("remedy").asText())
        .isEqualTo("correct PACELINE_ORDERS_API_KEY");
    assertThat(account().path("error").path("what").asText()).contains("*** is unknown");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("key-of-the-shop");
  }

  @Test
  void reportsAMissingKey() {
    variables.remove("PACELINE_ORDERS_API_KEY");

    assertThat(syncToy("orders")).isEqualTo(78);
    assertThat(report().path("error").path("what").asText())
        .isEqualTo("PACELINE_ORDERS_API_KEY is not set");
  }

  @Test
  void readsTheLinesOfAnOrderAsOneList() {
    respondsWith(
        "/orders/a/1/lines?limit=2&page=1",
        WireMock.okJson("{\"data\":{\"items\":[{\"article\":\"tea\"},{\"article\":\"tea\"}]}}"));
    respondsWith(
        "/orders/a/1/lines?limit=2&page=2",
        WireMock.okJson("{\"data\":{\"items\":[{\"article\":\"milk\"}]}}"));
    StreamDescription lines =
        SourceFolder.open("orders", Optional.of(toys()))
            .read("api.yaml", ApiDescription.class)
            .streams()
            .getLast();

    ApiResponse<Content> response = ChildReader.read(lines, "/orders/a/1/lines", toy.client());

    assertThat(response)
        .isInstanceOfSatisfying(
            ApiResponse.Found.class,
            found ->
                assertThat(new String(((Document) found.value()).raw(), StandardCharsets.UTF_8))
                    .isEqualTo(
                        "[{\"article\":\"tea\"},{\"article\":\"tea\"},{\"article\":\"milk\"}]"));
  }

  @Test
  void logsEachCallWithVerbose() {
    assertThat(syncToy("orders", "--verbose")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("orders\\?limit=2&state=all: 200, \\d+ bytes, \\d+ ms");
  }
}
