package dev.paceline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<html>          | Unexpected character '<', line 1, column 1",
        "[1, 2           | Unexpected end-of-input: expected close marker for Array, line 1, column 6",
        "{\"a\":1,}      | Unexpected character '}': was expecting double-quote to start field name, line 1, column 8",
        "{\"a\" 1}       | Unexpected character '1': was expecting a colon to separate field name and value, line 1, column 6",
        "nul             | Unrecognized token 'nul', line 1, column 1",
        "01              | Invalid numeric value: Leading zeroes not allowed, line 1, column 2",
        "`[\"a\nb\"]`    | Illegal unquoted character CTRL-CHAR: has to be escaped using backslash to be included in string value, line 1, column 4"
      })
  void saysWhatIsWrongAndWhere(String text, String what) {
    JacksonException malformed =
        catchThrowableOfType(
            JacksonException.class,
            () -> Json.MAPPER.readTree(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(JsonFault.of(malformed)).isEqualTo(what);
  }
}
