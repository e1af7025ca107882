package dev.paceline.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses of servers, and what messages show of values.
class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host",
        "HTTPS://host:1/path?query",
        "http://[::1]:65535/",
        "http://127.0.0.1"
      })
  void acceptsTheAddressOfAServer(String text) {
    assertThat(HttpAddress.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "ftp://host",
        "http://",
        "http://host:0",
        "http://host:65536",
        "http://host:99999999999",
        "http://user:password@host",
        "http://a b",
        "http://host/%zz",
        "http://h%00/"
      })
  void refusesWhatIsNone(String text) {
    assertThat(HttpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdef0123456789abcdef01234567",
        "ya29a0AfB_byC8x7w6v5u4t3s2r1",
        "0123456789012345678901234567890123",
        "{\"refresh_token\":\"0123456789abcdef0123456789abcdef01234567\"}",
        "a=0123456789abcdef0123456789abcdef"
      })
  void doesNotShowWhatMayBeASecret(String value) {
    assertThat(Quoted.of(value)).isEqualTo("(not shown, as it may be a secret)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-13-01",
        "activity_streams_of_anna",
        "/tmp/0123456789abcdef0123456789abcdef/lake",
        "file:///srv/lake%00",
        "12345",
        ""
      })
  void showsAnythingElse(String value) {
    assertThat(Quoted.of(value)).isEqualTo("\"%s\"".formatted(value));
  }
}
