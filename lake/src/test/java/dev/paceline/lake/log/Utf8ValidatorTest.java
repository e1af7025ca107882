package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8ValidatorTest {

  private static final String CONTEXT = "plain text, longer than eight";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C0AF",
        "C181",
        "C3",
        "C328",
        "E08080",
        "E09FBF",
        "EDA080",
        "EDBFBF",
        "E282",
        "E28228",
        "F0808080",
        "F08FBFBF",
        "F0908D",
        "F4908080",
        "F5808080",
        "FF"
      })
  void findsTheFirstByteThatPostgresWouldRefuse(String hex) {
    byte[] bytes = surrounded(hex, CONTEXT);
    assertThat(Utf8Validator.firstInvalid(bytes, 3, bytes.length - 3)).isEqualTo(CONTEXT.length());
    byte[] last = surrounded(hex, "");
    assertThat(Utf8Validator.firstInvalid(last, 0, last.length)).isZero();
  }

  @Test
  void acceptsEveryCharacter() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8Validator.firstInvalid(bytes, 0, bytes.length))
            .isEqualTo(Utf8Validator.VALID);
      }
    }
  }

  private static byte[] surrounded(String hex, String text) {
    String latin = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    return (text + latin + text).getBytes(StandardCharsets.ISO_8859_1);
  }
}
