package dev.paceline.extract.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens as people and other programs store them.
class TokenTextTest {

  private static final AccountRef ANNA = new AccountRef("strava", "anna");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1795867200",
        "1795867200.75",
        "1.7958672E9",
        "\"1795867200\"",
        "\" 1795867200.0 \"",
        "\"2026-11-28T12:00:00Z\"",
        "\"2026-11-28T13:00:00.5+01:00\""
      })
  void readsATime(String expiresAt) {
    assertThat(parse("\"expires_at\":" + expiresAt).expiry())
        .hasValue(Instant.parse("2026-11-28T12:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3155760000000000",
        "1795867200000",
        "1e999999999",
        "\"1e999999999\"",
        "99999999999999999999",
        "\"tomorrow\"",
        "\"2026-11-28\"",
        "\"+100000000-01-01T00:00:00Z\"",
        "true",
        "[1]",
        "{\"seconds\":1}"
      })
  void namesAMemberThatIsNoTime(String expiresAt) {
    assertThatThrownBy(() -> parse("\"expires_at\":" + expiresAt))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.REFUSED))
        .hasMessageContaining("the account anna from here: its expires_at is not a time")
        .hasMessageContaining("extract authorize strava --account anna");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"read activity:read\"",
        "\"read,activity:read\"",
        "[\"read\",\"activity:read\"]"
      })
  void readsScopes(String scope) {
    assertThat(parse("\"scope\":" + scope).scopes().orElseThrow().granted())
        .isEqualTo(Set.of("read", "activity:read"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"scope\":[1] | its scope is not a text or a list of texts",
        "\"scope\":{\"read\":true} | its scope is not",
        "\"scope\":7 | its scope is not",
        "\"access_token\":[\"hush\"] | its access_token is not a text",
        "\"athlete\":{\"name\":\"hush\"} | its athlete is not an object with an id",
        "\"athlete\":7 | its athlete is not an object with an id",
        "\"revoked_at\":\"hush\" | its revoked_at is not a time",
      })
  void namesAMemberOfAnotherKind(String member, String what) {
    assertThatThrownBy(() -> parse(member))
        .hasMessageContaining(what)
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"scope\":null",
        "\"scope\":\"\"",
        "\"scope\":[]",
        "\"expires_at\":null",
        "\"athlete\":{}"
      })
  void takesAnEmptyMemberForAnAbsentOne(String member) {
    assertThat(parse(member)).isEqualTo(Token.ofRefreshToken("refresh-0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFrefresh-0",
        "\uFEFF refresh-0\r\n",
        "\n\uFEFF{\"refresh_token\":\"refresh-0\"}\r\n"
      })
  void leavesAByteOrderMarkOut(String stored) {
    assertThat(TokenText.parseEither(stored, "here", ANNA))
        .isEqualTo(Token.ofRefreshToken("refresh-0"));
  }

  @Test
  void readsBackWhatItWrites() {
    Token token =
        new Token(
            "a", 1L, "r", "read", new Token.Athlete("7"), Instant.EPOCH.plusSeconds(5), "hash");

    assertThat(TokenText.parse(TokenText.write(token), "here", ANNA)).isEqualTo(token);
  }

  @Test
  void readsAFileWithAByteOrderMark(@TempDir Path folder) throws Exception {
    write(folder, "\uFEFF{\"refresh_token\":\"refresh-0\"}\r\n".getBytes(StandardCharsets.UTF_8));

    assertThat(FileTokens.open(folder.toUri().toString()).find(ANNA))
        .hasValue(Token.ofRefreshToken("refresh-0"));
  }

  @Test
  void saysThatAFileIsNotUtf8(@TempDir Path folder) throws Exception {
    write(folder, "\uFEFF{\"refresh_token\":\"r\"}".getBytes(StandardCharsets.UTF_16LE));

    assertThatThrownBy(() -> FileTokens.open(folder.toUri().toString()).find(ANNA))
        .hasMessageContaining("strava-anna.json: it is not UTF-8; save it as UTF-8");
  }

  private static void write(Path folder, byte[] token) throws Exception {
    Path file = Files.write(folder.resolve("strava-anna.json"), token);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Token parse(String member) {
    return TokenText.parse("{\"refresh_token\":\"refresh-0\",%s}".formatted(member), "here", ANNA);
  }
}
