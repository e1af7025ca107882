package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.RecordLimits;
import dev.paceline.lake.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A record of a listing that exceeds a limit becomes a reject, and the others of its page are
/// read.
class MisfitTest extends ToyTestCase {

  private static final String PAGE = "/v2/orders?limit=2&state=all";
  private static final String GOOD = "{\"shop\":\"b\",\"number\":2}";

  @BeforeEach
  void hasAShop() {
    variables.put("PACELINE_ORDERS_API_URL", toy.url() + "/v2");
    variables.put("PACELINE_ORDERS_API_KEY", "key-of-the-shop");
    toy.server()
        .stubFor(
            WireMock.get(WireMock.urlPathMatching("/v2/orders/.*/lines"))
                .willReturn(WireMock.okJson("{\"data\":{\"items\":[]}}")));
  }

  private void lists(String... records) {
    lists(List.of(records), "null");
  }

  private void lists(List<String> records, String cursor) {
    respondsWith(
        PAGE,
        WireMock.okJson(
            "{\"data\":{\"items\":[%s]},\"meta\":{\"next\":%s}}"
                .formatted(String.join(",", records), cursor)));
  }

  private List<JsonNode> rejects() {
    List<JsonNode> rejects = new ArrayList<>();
    try (ObjectStore store = lake()) {
      for (Commit commit : log("orders", "default")) {
        for (Part part : commit.parts()) {
          if (part.stream().equals("_rejected")) {
            rejects.addAll(lines(store, part));
          }
        }
      }
    }
    return rejects;
  }

  static Stream<String> misfits() {
    return Stream.of(
        "1e999999999",
        "-1e-999999999",
        "1E+2147483648",
        "1e9223372036854775808",
        "1e99999999999999999999999",
        "7".repeat(1_000_000),
        "0." + "7".repeat(1_000_000),
        "{\"b\":[{\"c\":1e1000}]}",
        "[".repeat(100_000) + "]".repeat(100_000),
        "{\"" + "n".repeat(60_000) + "\":1}",
        "\"" + "x".repeat(RecordLimits.RECORD_BYTES) + "\"",
        "[" + "1e1001,".repeat(10_000) + "1]");
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void isRejectedByItsKeyAndTheOthersAreRead(String value) {
    lists("{\"shop\":\"a\",\"x\":%s,\"number\":1}".formatted(value), GOOD);

    assertThat(syncToy("orders")).isZero();

    assertThat(committed("orders", "orders")).containsExactly(GOOD);
    assertThat(rejects())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.path("key").toString()).isEqualTo("[\"orders\",\"a\",1]");
          assertThat(reject.path("op").asText()).isEqualTo("reject");
          assertThat(reject.path("status").asInt()).isEqualTo(200);
          assertThat(reject.path("reason").asText()).hasSizeBetween(10, 150);
          assertThat(reject.path("body_base64").asText()).startsWith("eyJzaG9wIjoiYSIsIngi");
        });
    assertThat(found("orders").path("rejects").asInt()).isEqualTo(1);
    assertThat(toy.calls())
        .as("a misfit causes no calls")
        .filteredOn(call -> call.contains("lines"))
        .containsExactly("/v2/orders/b/2/lines?limit=2&page=1");

    assertThat(syncToy("orders")).isZero();
    assertThat(log("orders", "default")).as("it is not written again").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e9223372036854775808", "long", "longer"})
  void isRejectedByAHashIfItsKeyIsTheMisfit(String number) {
    String key =
        switch (number) {
          case "long" -> "\"" + "k".repeat(RecordLimits.KEY_BYTES) + "\"";
          case "longer" -> "\"" + "k".repeat(1_000_000) + "\"";
          default -> number;
        };
    lists("{\"shop\":\"a\",\"number\":%s}".formatted(key), GOOD);

    assertThat(syncToy("orders")).isZero();

    assertThat(committed("orders", "orders")).containsExactly(GOOD);
    assertThat(rejects())
        .singleElement()
        .satisfies(reject ->
            assertThat(reject.path("key").toString())
                .matches("\\[\"orders\",\"sha256:[0-9a-f]{64}\"]"));
  }

  @Test
  void isRejectedOnceEvenIfThePageHasItTwice() {
    String misfit = "{\"shop\":\"a\",\"number\":1e999999999}";
    lists(misfit, misfit);

    assertThat(syncToy("orders")).isZero();

    assertThat(rejects()).hasSize(2).extracting(reject -> reject.path("key")).doesNotContainNull();
    assertThat(log("orders", "default")).as("a commit contains a key once").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e9223372036854775808", "million"})
  void endsTheListingIfItIsTheCursor(String cursor) {
    lists(List.of(GOOD), cursor.equals("million") ? "7".repeat(1_000_000) : cursor);

    assertThat(syncToy("orders")).isEqualTo(65);

    assertThat(account().path("error").path("what").asText()).startsWith("its body cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.50", "1e2"})
  void followsACursorThatIsANumberAsItIsSpelled(String cursor) {
    lists(List.of(GOOD), cursor);
    respondsWith(
        "/v2/orders?after=%s&limit=2&state=all".formatted(cursor),
        WireMock.okJson("{\"data\":{\"items\":[]},\"meta\":{}}"));

    assertThat(syncToy("orders")).isZero();
  }

  @Test
  void isNamedInEveryReportUntilItFits() {
    lists("{\"shop\":\"a\",\"number\":1,\"total\":1e1001}", GOOD);
    assertThat(syncToy("orders")).isZero();
    String since = account().path("rejected").path("records").path(0).path("since").asText();

    assertThat(syncToy("orders")).isZero();

    assertThat(account().path("rejected").path("records"))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.path("stream").asText()).isEqualTo("orders");
          assertThat(record.path("key").toString()).isEqualTo("[\"a\",1]");
          assertThat(record.path("why").asText()).contains("more than 1000 digits");
          assertThat(record.path("since").asText()).isNotEmpty().isEqualTo(since);
          assertThat(record.has("again_after")).as("every listing shows it").isFalse();
        });
    lists("{\"shop\":\"a\",\"number\":1,\"total\":2}", GOOD);
    assertThat(syncToy("orders")).isZero();
    assertThat(account().has("rejected")).isFalse();
  }

  @Test
  void isNotRejectedAgainAfterARebuildOfTheState() throws IOException {
    lists("{\"shop\":\"a\",\"number\":1,\"total\":1e1001}");
    assertThat(syncToy("orders")).isZero();
    Object since = account().path("rejected").path("records").path(0).path("since");
    Files.delete(folder.resolve("lake/state/orders/default.json.gz"));

    assertThat(syncToy("orders")).isZero();

    assertThat(log("orders", "default")).hasSize(1);
    assertThat(account().path("rejected").path("records").path(0).path("since")).isEqualTo(since);
  }
}
