package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Streams that are read for each record of a stream that is itself read for each record of
/// another, or for ids in its records.
final class GrandchildrenTest extends ToyTestCase {

  @BeforeEach
  void hasAnnAndBob() {
    variables.put("PACELINE_FAMILIES_API_KEY", "key");
    variables.put("PACELINE_FAMILIES_API_URL", toy.url());
    variables.put("PACELINE_FAMILIES_VERIFY_CALLS", "0");
    responds("/people", "[{\"id\":\"ann\"},{\"id\":\"bob\"}]");
    responds("/people/ann/life", life("round", false, "h1"));
    responds("/people/bob/life", life("long", true, "h1"));
    responds("/people/ann/life/portrait", "{\"colours\":3}");
    responds("/people/ann/life/portrait/frame", "{\"wood\":\"oak\"}");
    responds("/register", "{\"id\":1,\"town_hall\":\"h0\"}");
    responds("/houses/h0", "{\"id\":\"h0\"}");
    responds("/houses/h1", "{\"id\":\"h1\"}");
    responds("/houses/h2", "{\"id\":\"h2\"}");
  }

  private static String life(String face, boolean hidden, String house) {
    return "{\"face\":\"%s\",\"hidden\":%s,\"visits\":1,\"houses\":[{\"id\":\"%s\"}]}"
        .formatted(face, hidden, house);
  }

  private void responds(String path, String json) {
    respondsWith(path, WireMock.okJson(json));
  }

  private void respondedYesterday(String path, String json) {
    ZonedDateTime yesterday = ZonedDateTime.now(ZoneOffset.UTC).minusDays(1);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(yesterday);
    respondsWith(path, WireMock.okJson(json).withHeader("Date", date));
  }

  @Test
  void areReadInTheSameRun() {
    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "portraits")).as("bob's is hidden").hasSize(1);
    assertThat(committed("families", "frames")).containsExactly("{\"wood\":\"oak\"}");
    assertThat(committed("families", "houses")).hasSize(2);
    assertThat(account().has("queued")).isFalse();
  }

  @Test
  void areNotReadAgainWithoutAChange() {
    syncToy("families");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls()).containsExactlyInAnyOrder("/people", "/register");
  }

  @Test
  void areReadAgainWhenTheirParentIsFoundChanged() {
    syncToy("families");
    responds("/people/ann/life", life("square", false, "h2"));
    responds("/people", "[{\"id\":\"ann\",\"moved\":true},{\"id\":\"bob\"}]");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls())
        .containsExactlyInAnyOrder(
            "/people", "/register", "/people/ann/life", "/people/ann/life/portrait", "/houses/h2");
  }

  @Test
  void areReadWhenAVerificationFindsTheirParentChanged() {
    respondedYesterday("/people/ann/life", life("round", false, "h1"));
    syncToy("families");
    responds("/people/ann/life", life("square", false, "h1"));
    variables.put("PACELINE_FAMILIES_VERIFY_CALLS", "9");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls()).contains("/people/ann/life/portrait");
    assertThat(account().has("queued")).isFalse();
  }

  @Test
  void areNoLongerAskedForWhenNothingNamesThem() {
    syncToy("families");
    responds("/people/ann/life", life("round", false, "h2"));
    responds("/people/bob/life", life("long", true, "h2"));
    responds("/people", "[{\"id\":\"ann\",\"n\":2},{\"id\":\"bob\",\"n\":2}]");
    syncToy("families");
    responds("/register", "{\"id\":1,\"town_hall\":\"h0\",\"stamp\":2}");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls()).contains("/houses/h0", "/houses/h2").doesNotContain("/houses/h1");
  }

  @Test
  void areForgottenWithTheirParent() {
    syncToy("families");
    respondsWith("/people/ann/life", WireMock.notFound());
    responds("/people", "[{\"id\":\"ann\",\"n\":2},{\"id\":\"bob\"}]");
    syncToy("families");
    responds("/people/ann/life", life("round", false, "h1"));
    responds("/people", "[{\"id\":\"ann\",\"n\":3},{\"id\":\"bob\"}]");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls()).contains("/people/ann/life/portrait");
  }

  @Test
  void areNotReadOnceTheirParentIsFoundToBeGone() {
    respondsWith("/people/ann/life/portrait", WireMock.status(429));
    assertThat(syncToy("families", "--ds", "2026-01-01")).as("it stays in the queue").isEqualTo(75);
    responds("/people/ann/life/portrait", "{\"colours\":3}");
    responds("/people", "[{\"id\":\"ann\",\"n\":2},{\"id\":\"bob\"}]");
    respondsWith("/people/ann/life", WireMock.notFound());
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls())
        .contains("/people/ann/life")
        .doesNotContain("/people/ann/life/portrait");
    assertThat(committed("families", "portraits")).isEmpty();
  }

  @Test
  void areKnownAfterARebuildOfTheState() throws IOException {
    syncToy("families");
    Files.delete(folder.resolve("lake/state/families/default.json.gz"));
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls()).containsExactlyInAnyOrder("/people", "/register");
  }

  @Test
  void areReadOnceTheirStreamIsSwitchedOn() {
    variables.put("PACELINE_FAMILIES_STREAMS", "people,lives,register");
    assertThat(syncToy("families")).isZero();
    variables.remove("PACELINE_FAMILIES_STREAMS");

    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "portraits")).hasSize(1);
    assertThat(committed("families", "houses")).hasSize(2);
  }

  @Test
  void areReadOnceIfTheirParentIsDueAsWell() {
    respondsWith("/people/ann/life/portrait", WireMock.serverError());
    syncToy("families");
    responds("/people/ann/life/portrait", "{\"colours\":3}");
    responds("/people/ann/life", life("square", false, "h1"));
    responds("/people", "[{\"id\":\"ann\",\"n\":2},{\"id\":\"bob\"}]");
    toy.server().resetRequests();

    assertThat(syncToy("families")).isZero();

    assertThat(toy.calls().stream().filter(call -> call.endsWith("/portrait"))).hasSize(1);
  }

  @Test
  void aRecordWhoseConnectionBreaksDoesNotStopTheOthers() {
    respondsWith("/people/ann/life", WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "lives")).as("bob's").hasSize(1);
    assertThat(account().path("rejected").path("total").asInt()).isEqualTo(1);
  }

  @Test
  void aRecordThatLeadsElsewhereDoesNotStopTheOthers() {
    respondsWith(
        "/people/ann/life", WireMock.temporaryRedirect("https://login.example/people/ann"));

    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "lives")).hasSize(1);
  }

  @Test
  void needTheirParents() {
    syncToy("families", "--streams", "frames");

    assertThat(List.copyOf(toy.calls()))
        .contains("/people/ann/life", "/people/ann/life/portrait/frame")
        .doesNotContain("/register");
  }

  @Test
  void areReadIfTheyAreAddedLater() {
    assertThat(syncToy("families", "--streams", "lives")).isZero();

    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "portraits")).hasSize(1);
    assertThat(committed("families", "houses")).hasSize(2);
  }

  @Test
  void areReadIfTheirParentIsKnownOnlyLater() {
    respondsWith("/register", WireMock.serverError());
    assertThat(syncToy("families")).isEqualTo(69);
    responds("/register", "{\"id\":1,\"town_hall\":\"h0\"}");

    assertThat(syncToy("families")).isZero();

    assertThat(committed("families", "houses"))
        .containsExactlyInAnyOrder("{\"id\":\"h0\"}", "{\"id\":\"h1\"}");
  }
}
