package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ListingTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void pagesAddUpToEverythingNewestFirstAndEndEmpty() {
    ArrayNode paged = JsonNodeFactory.instance.arrayNode();
    JsonNode page;
    int number = 1;
    do {
      page = sandbox.listing("per_page=100&page=" + number++);
      page.forEach(paged::add);
    } while (!page.isEmpty());
    assertThat(paged).isEqualTo(sandbox.activities()).hasSizeGreaterThan(150);
    assertThat(paged)
        .extracting(activity -> activity.path("start_date").asText())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(sandbox.get("/api/v3/athlete/activities?page=900000000000").body()).isEqualTo("[]");
  }

  @Test
  void returnsThirtyByDefault() {
    assertThat(sandbox.get("/api/v3/athlete/activities").json()).hasSize(30);
  }

  @Test
  void excludesBothEndsOfBeforeAndAfter() {
    JsonNode activities = sandbox.activities();
    long newest = start(activities.get(5));
    long oldest = start(activities.get(10));
    JsonNode between = sandbox.listing("before=" + newest + "&after=" + oldest);
    assertThat(between)
        .extracting(activity -> activity.path("id").longValue())
        .containsExactly(
            id(activities, 6), id(activities, 7), id(activities, 8), id(activities, 9));
    assertThat(sandbox.listing("after=" + start(activities.get(0)))).isEmpty();
    assertThat(sandbox.listing("before=" + start(activities.get(activities.size() - 1)))).isEmpty();
  }

  @Test
  void rejectsWhatStravaRejects() {
    assertThat(sandbox.get("/api/v3/athlete/activities?per_page=200").status()).isEqualTo(200);
    RunningSandbox.Response tooMany = sandbox.get("/api/v3/athlete/activities?per_page=201");
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.body())
        .isEqualTo(
            "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"per page\",\"code\":\"limit exceeded\"}]}");
    RunningSandbox.Response future =
        sandbox.get(
            "/api/v3/athlete/activities?after="
                + (Instant.parse(RunningSandbox.NOON).getEpochSecond() + 1));
    assertThat(future.status()).isEqualTo(400);
    assertThat(future.body())
        .isEqualTo(
            "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"after\",\"code\":\"future\"}]}");
    assertThat(sandbox.get("/api/v3/athlete/activities?page=x").status()).isEqualTo(400);
    assertThat(sandbox.get("/api/v3/athlete/activities?page=0").status()).isEqualTo(400);
    assertThat(sandbox.get("/api/v3/athlete/activities?per_page=0").status()).isEqualTo(400);
  }

  private static long start(JsonNode activity) {
    return Instant.parse(activity.path("start_date").asText()).getEpochSecond();
  }

  private static long id(JsonNode activities, int index) {
    return activities.get(index).path("id").longValue();
  }
}
