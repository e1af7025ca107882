package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a token with limited scopes can read.
final class ScopesTest {
  @AutoClose private final RunningSandbox sandbox = RunningSandbox.atNoon();

  @Test
  void coverEverythingExceptOnlyMeByDefault() {
    assertThat(sandbox.athletes().get(0).path("scopes"))
        .extracting(JsonNode::asText)
        .containsExactly("read", "read_all", "profile:read_all", "activity:read");
  }

  @Test
  void denyActivitiesWithoutActivityRead() {
    String id = sandbox.activities().get(0).path("id").asText();
    sandbox.setScopes("read", "profile:read_all");
    for (String path :
        List.of(
            "/athlete/activities",
            "/activities/" + id,
            "/activities/" + id + "/streams?keys=time",
            "/activities/" + id + "/kudos")) {
      RunningSandbox.Response rejected = sandbox.get("/api/v3" + path);
      assertThat(rejected.status()).isEqualTo(401);
      assertThat(rejected.body())
          .isEqualTo(
              "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\",\"field\":\"activity:read_permission\",\"code\":\"missing\"}]}");
    }
  }

  @Test
  void withholdTheProfileWithoutProfileReadAll() {
    sandbox.setScopes("read", "activity:read");
    JsonNode athlete = sandbox.get("/api/v3/athlete").json();
    assertThat(athlete.path("firstname").asText()).isNotEmpty();
    for (String field : List.of("weight", "ftp", "bikes", "shoes", "clubs")) {
      assertThat(athlete.has(field)).as(field).isFalse();
    }
    RunningSandbox.Response zones = sandbox.get("/api/v3/athlete/zones");
    assertThat(zones.status()).isEqualTo(401);
    assertThat(zones.json().path("errors").get(0).path("field").asText())
        .isEqualTo("profile:read_permission");
  }

  @Test
  void withholdPrivateSegmentsAndRoutesWithoutReadAll() {
    for (String path : List.of("/segments/starred", "/athletes/" + sandbox.athlete() + "/routes")) {
      sandbox.setScopes("read", "read_all");
      JsonNode all = sandbox.get("/api/v3" + path).json();
      assertThat(all).anyMatch(each -> each.path("private").booleanValue());
      sandbox.setScopes("read");
      assertThat(sandbox.get("/api/v3" + path).json())
          .hasSize(all.size() - 1)
          .noneMatch(each -> each.path("private").booleanValue());
      sandbox.setScopes();
      assertThat(sandbox.get("/api/v3" + path).status()).isEqualTo(401);
    }
  }

  @Test
  void showOnlyMeActivitiesOnlyWithActivityReadAll() {
    JsonNode activity = sandbox.activities().get(1);
    String id = activity.path("id").asText();
    int all = sandbox.activities().size();
    sandbox.control("POST", "/activities/" + id + "/hide", "");
    assertThat(sandbox.activities()).hasSize(all - 1);
    assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(404);
    assertThat(sandbox.get("/api/v3/activities/" + id + "/kudos").status()).isEqualTo(404);
    sandbox.setScopes("read", "activity:read_all");
    JsonNode listed = sandbox.listing("per_page=2").get(1);
    assertThat(listed.path("id").asText()).isEqualTo(id);
    assertThat(listed.path("private").booleanValue()).isTrue();
    assertThat(listed.path("visibility").asText()).isEqualTo("only_me");
    JsonNode detail = sandbox.get("/api/v3/activities/" + id).json();
    assertThat(detail.path("private").booleanValue()).isTrue();
    assertThat(detail.path("visibility").asText()).isEqualTo("only_me");
    assertThat(sandbox.activities()).hasSize(all);
    sandbox.control("POST", "/activities/" + id + "/show", "");
    assertThat(sandbox.listing("per_page=2").get(1)).isEqualTo(activity);
  }
}
