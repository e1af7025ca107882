package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which redirects are followed, and where a token is never sent.
class RedirectTest extends HttpTestCase {

  private static ResponseDefinitionBuilder to(int status, String location) {
    return WireMock.status(status).withHeader("Location", location);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsARedirectWithinTheSameHostWithTheToken(int status) {
    api.respondsWith("/things", to(status, "/moved?page=1"));
    api.respondsWith("/moved", to(status, api.url() + "/settled"));
    api.respondsWith("/settled", WireMock.okJson("[7]"));
    ApiClient client = api.client();

    assertThat(found(get(client))).isEqualTo("[7]");

    assertThat(api.calls()).containsExactly("/things", "/moved?page=1", "/settled");
    assertThat(api.header("Authorization")).containsOnly("Bearer " + StubbedApi.TOKEN + "0");
    assertThat(client.calls()).as("each counts as a call").containsEntry("/things", 3L);
  }

  @Test
  void neverSendsTheTokenToAnotherHost() throws IOException {
    try (RawServer other = new RawServer(List.of(RawServer.http("Content-Length: 2", "[]")))) {
      api.respondsWith("/things", to(302, other.url() + "/x?code=1"));

      Failure failure = failure();

      assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION);
      assertThat(failure.what()).isEqualTo("it redirects to %s/x?***".formatted(other.url()));
      assertThat(failure.remedy()).contains("a token is never sent to another address");
      assertThat(other.requests()).as("not even without a token").isEmpty();
    }
  }

  @Test
  void treatsAnotherSpellingOfTheHostAsAnotherHost() {
    Stream.of("http://localhost:%d/x", "https://127.0.0.1:%d/x", "http://me@127.0.0.1:%d/x")
        .map(other -> other.formatted(api.server().port()))
        .forEach(other -> {
          api.respondsWith("/things", to(302, other));
          assertThat(failure().exit()).as(other).isEqualTo(Exit.CONFIGURATION);
        });
    assertThat(api.calls()).containsOnly("/things");
  }

  @Test
  void endsInARedirectLoop() {
    api.respondsWith("/things", to(302, "/things"));

    Failure failure = failure();

    assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION);
    assertThat(failure.what()).isEqualTo("it redirects more than 5 times");
    assertThat(api.calls()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://[", "::"})
  void reportsARedirectWithoutATarget(String location) {
    api.respondsWith("/things", location.isEmpty() ? WireMock.status(302) : to(302, location));

    assertThat(failure().what()).isEqualTo("it redirects without a valid Location (302)");
  }
}
