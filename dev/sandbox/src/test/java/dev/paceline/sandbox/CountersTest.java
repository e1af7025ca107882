package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// There are as many comments, kudos and photos as a summary counts.
final class CountersTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();
  private String path;

  @BeforeEach
  void addActivityWithCounters() {
    JsonNode added =
        sandbox.add("{\"comment_count\":5,\"kudos_count\":33,\"total_photo_count\":3}");
    path = "/api/v3/activities/" + added.path("id").asText();
  }

  @Test
  void givesAsManyCommentsAsAreCountedPageAfterPage() {
    JsonNode all = sandbox.get(path + "/comments").json();
    List<JsonNode> paged = new ArrayList<>();
    JsonNode page = sandbox.get(path + "/comments?page_size=2").json();
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(2);
      page.forEach(paged::add);
      String cursor = paged.getLast().path("cursor").asText();
      page = sandbox.get(path + "/comments?page_size=2&after_cursor=" + cursor).json();
    }
    assertThat(all).hasSize(5).containsExactlyElementsOf(paged);
    assertThat(all).extracting(each -> each.path("id").longValue()).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(comment -> {
          assertThat(comment.path("athlete").path("lastname").asText()).matches("[A-Z]\\.");
          assertThat(comment.path("text").asText()).isNotEmpty();
          assertThat(comment.path("activity_id").asText()).isEqualTo(path.substring(19));
        });
    assertThat(sandbox.get(path + "/comments?after_cursor=x").status()).isEqualTo(400);
  }

  @Test
  void givesAsManyKudosAsAreCounted() {
    assertThat(sandbox.get(path + "/kudos").json()).hasSize(30);
    assertThat(sandbox.get(path + "/kudos?page=2").json()).hasSize(3);
    assertThat(sandbox.get(path + "/kudos?page=3").json()).isEmpty();
    assertThat(sandbox.get(path + "/kudos?per_page=200").json())
        .hasSize(33)
        .allSatisfy(friend -> assertThat(friend.path("lastname").asText()).matches("[A-Z]\\."));
  }

  @Test
  void givesAsManyPhotosAsAreCountedAndShowsTheFirstInTheDetail() {
    JsonNode photos = sandbox.get(path + "/photos?size=5000&photo_sources=true").json();
    assertThat(photos)
        .hasSize(3)
        .allSatisfy(
            photo -> assertThat(photo.path("urls").path("5000").asText()).startsWith("https://"));
    JsonNode shown = sandbox.get(path).json().path("photos");
    assertThat(shown.path("count").intValue()).isEqualTo(3);
    assertThat(shown.path("primary").path("unique_id")).isEqualTo(photos.get(0).path("unique_id"));
  }

  @Test
  void followsEditedCounters() {
    sandbox.control(
        "PATCH",
        path.substring(7),
        "{\"comment_count\":1,\"kudos_count\":0,\"total_photo_count\":4}");
    assertThat(sandbox.get(path + "/comments").json()).hasSize(1);
    assertThat(sandbox.get(path + "/kudos").json()).isEmpty();
    assertThat(sandbox.get(path + "/photos").json()).hasSize(4);
  }

  @Test
  void returns404ForUnknownActivities() {
    for (String below : List.of("comments", "kudos", "photos", "streams?keys=time")) {
      assertThat(sandbox.get("/api/v3/activities/17/" + below).status()).isEqualTo(404);
    }
  }
}
