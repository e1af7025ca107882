package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The text of an error, whatever its body is.
class ErrorTextTest extends HttpTestCase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"message\":\"No\",\"errors\":\"Rate Limit Exceeded\"} | No Rate Limit Exceeded",
        "{\"message\":\"No\",\"errors\":{\"field\":\"id\"}}      | No {\"field\":\"id\"}",
        "{\"message\":\"No\",\"errors\":[{\"field\":\"id\"},{}]} | No {\"field\":\"id\"}",
        "{\"message\":\"No\",\"errors\":[\"first\",\"second\"]}  | No first",
        "{\"message\":\"No\",\"errors\":[]}                      | No",
        "{\"message\":\"No\",\"errors\":null}                    | No",
        "{\"message\":\"No\"}                                    | No",
        "{\"error\":\"invalid_client\",\"error_description\":\"who\"} | invalid_client who",
        "{\"error\":{\"code\":7}}                                | {\"code\":7}",
        "{\"message\":{\"en\":\"No\"}}                           | {\"en\":\"No\"}",
        "{}                                                      | (no message)",
        "[]                                                      | (no message)",
        "<!DOCTYPE html><HTML><body>Bad gateway</body>           | (an HTML page)",
        "<error>No</error>                                       | (not JSON)",
        "upstream connect error                                  | (not JSON)",
        "``                                                      | (no body)",
        "{\"message\":\"one\\ntwo\\u0000\\u2028three\"}          | one two three",
      })
  void isOneLineWhateverTheBodyIs(String body, String text) {
    assertThat(ErrorText.of(body.getBytes(StandardCharsets.UTF_8), List.of())).isEqualTo(text);
  }

  @Test
  void isAtMost200CharactersLong() {
    String longBody = "{\"message\":\"%s\"}".formatted("x".repeat(199) + "🏃".repeat(50));

    String text = ErrorText.of(longBody.getBytes(StandardCharsets.UTF_8), List.of());

    assertThat(text).hasSizeLessThanOrEqualTo(200).endsWith("x…");
  }

  @Test
  void doesNotRepeatATokenThatTheSourceRepeats() {
    api.respondsWith(
        "/things",
        WireMock.jsonResponse(
            "{\"message\":\"bad token %s0 for you\"}".formatted(StubbedApi.TOKEN), 403));

    assertThat(denied().reason()).isEqualTo("the source returned 403 bad token *** for you");
  }
}
