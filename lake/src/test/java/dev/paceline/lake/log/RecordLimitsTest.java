package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLimitsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "12.50",
        "1e999",
        "-9.9E+999",
        "1e-1000",
        "1.5e-999",
        "0e0",
        "1e0000000000000007",
        "1.7976931348623157e308",
        "4.9e-324"
      })
  void allowsNumbersUpToAThousandDigits(String number) {
    assertThat(allowed(number)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1000",
        "-1e1000",
        "10e999",
        "1e-1001",
        "1.5e-1000",
        "1e999999999",
        "1E-2147483648",
        "1e99999999999999999999",
        "0e99999"
      })
  void refusesMoreDigits(String number) {
    assertThat(allowed(number)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1001, false"})
  void boundsTheLengthOfANumber(int characters, boolean allowed) {
    assertThat(allowed("7".repeat(characters))).isEqualTo(allowed);
    assertThat(allowed("0." + "7".repeat(characters - 2))).isEqualTo(allowed);
  }

  private static boolean allowed(String number) {
    char[] around = ("[" + number + "]").toCharArray();
    return RecordLimits.allowNumber(around, 1, number.length());
  }
}
