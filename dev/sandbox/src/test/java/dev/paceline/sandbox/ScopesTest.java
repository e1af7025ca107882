package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told to a token that may not read everything.
final class ScopesTest {
  private RunningSandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.atNoon();
  }

  @AfterEach
  void end() {
    sandbox.close();
  }

  @Test
  void areAllButOnlyMeAtTheStart() {
    assertThat(sandbox.athletes().get(0).path("scopes"))
        .extracting(JsonNode::asText)
        .containsExactly("read", "read_all", "profile:read_all", "activity:read");
  }

  @Test
  void refuseActivitiesWithoutActivityRead() {
    String id = sandbox.activities().get(0).path("id").asText();
    sandbox.allow("read", "profile:read_all");
    for (String path :
        List.of(
            "/athlete/activities",
            "/activities/" + id,
            "/activities/" + id + "/streams?keys=time",
            "/activities/" + id + "/kudos")) {
      RunningSandbox.Response refused = sandbox.get("/api/v3" + path);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body())
          .isEqualTo(
              "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\",\"field\":\"activity:read_permission\",\"code\":\"missing\"}]}");
    }
  }

  @Test
  void keepTheProfileWithoutProfileReadAll() {
    sandbox.allow("read", "activity:read");
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
  void keepPrivateSegmentsAndRoutesWithoutReadAll() {
    for (String path : List.of("/segments/starred", "/athletes/" + sandbox.athlete() + "/routes")) {
      sandbox.allow("read", "read_all");
      JsonNode all = sandbox.get("/api/v3" + path).json();
      assertThat(all).anyMatch(each -> each.path("private").booleanValue());
      sandbox.allow("read");
      assertThat(sandbox.get("/api/v3" + path).json())
          .hasSize(all.size() - 1)
          .noneMatch(each -> each.path("private").booleanValue());
      sandbox.allow();
      assertThat(sandbox.get("/api/v3" + path).status()).isEqualTo(401);
    }
  }

  @Test
  void showWhatIsForTheAthleteAloneOnlyWithActivityReadAll() {
    JsonNode activity = sandbox.activities().get(1);
    String id = activity.path("id").asText();
    int all = sandbox.activities().size();
    sandbox.control("POST", "/activities/" + id + "/hide", "");
    assertThat(sandbox.activities()).hasSize(all - 1);
    assertThat(sandbox.get("/api/v3/activities/" + id).status()).isEqualTo(404);
    assertThat(sandbox.get("/api/v3/activities/" + id + "/kudos").status()).isEqualTo(404);
    sandbox.allow("read", "activity:read_all");
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
