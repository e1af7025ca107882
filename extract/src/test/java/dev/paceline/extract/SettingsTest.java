package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings that are wrong: each is named by where it was given, and none is a bug.
class SettingsTest extends SyncTestCase {

  private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @ValueSource(strings = {"http://host:70000", "http://host:0", "nonsense", "http://h%00st/"})
  void namesAnAddressOfNoServer(String address) {
    assertThat(sync("--api-url", address)).isEqualTo(64);
    assertThat(what()).startsWith("--api-url ").contains("is not the address of a server");

    variables.put("PACELINE_STRAVA_API_URL", address);
    assertThat(sync()).isEqualTo(78);
    assertThat(what()).startsWith("PACELINE_STRAVA_API_URL ").contains(address);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCOUNTS, 'anna,Ben', 'has \"Ben\", which is not a valid account name'",
    "STREAMS, 'activities,gaer', 'has \"gaer\", but there is no such stream'",
    "ON_LIMIT, sleep, 'is \"sleep\"'",
    "VERIFY_CALLS, -1, 'is \"-1\"'",
    "VERIFY_CALLS, 1000000, 'is \"1000000\"'"
  })
  void namesTheVariable(String name, String value, String what) {
    variables.put("PACELINE_STRAVA_" + name, value);

    assertThat(sync()).isEqualTo(78);

    assertThat(what()).isEqualTo("PACELINE_STRAVA_%s %s".formatted(name, what));
  }

  @Test
  void saysWhereTheAddressOfTheLakeWasGiven() {
    assertThat(sync("--lake", "file:///a%00b")).isEqualTo(64);
    assertThat(remedy()).startsWith("correct --lake: give ");

    variables.put("PACELINE_LAKE", "file:///a%00b");
    assertThat(sync()).isEqualTo(78);
    assertThat(remedy()).startsWith("correct PACELINE_LAKE: give ");
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "hunter2", "12 3", "١٢٣"})
  void doesNotShowWhatIsNoClientId(String id) {
    variables.put("PACELINE_STRAVA_CLIENT_ID", id);

    assertThat(sync()).isEqualTo(78);

    assertThat(what()).startsWith("PACELINE_STRAVA_CLIENT_ID is not a client id");
    assertThat(remedy()).endsWith("by api.yaml it matches [0-9]{1,20}");
    assertThat(output()).doesNotContain(id);
    assertThat(folder.resolve("lake")).as("nothing is named after it").doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "hunter2", "{\"refresh_token\":\"hunter2\"}", "env"})
  void doesNotShowWhatIsNoTokenStore(String tokens) {
    variables.put("PACELINE_TOKENS", tokens);

    assertThat(sync()).isEqualTo(78);

    assertThat(remedy()).startsWith("correct PACELINE_TOKENS: give file:///dir");
    assertThat(what()).doesNotContain(tokens);
    assertThat(output()).doesNotContain("hunter2", SECRET);
  }

  @Test
  void namesTheFileOfASettingThatIsWrong() throws Exception {
    variables.remove("PACELINE_STRAVA_CLIENT_ID");
    Files.writeString(
        folder.resolve("paceline.yaml"), "strava: {client_id: %s}\n".formatted(SECRET));

    assertThat(sync()).isEqualTo(78);

    assertThat(what())
        .startsWith("strava.client_id in %s is not".formatted(folder.resolve("paceline.yaml")));
    assertThat(output()).doesNotContain(SECRET);
  }

  private String what() {
    return report().path("error").path("what").asText();
  }

  private String remedy() {
    return report().path("error").path("remedy").asText();
  }
}
