package dev.paceline.load.rows;

import static dev.paceline.load.rows.Things.HEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a table cannot hold, and how the message names it.
final class UnfitTest {

  private static final String KEY = "k".repeat(1000);

  @ParameterizedTest(name = "{0} refuses {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "smallint ~ 32768 ~ it is not between -32768 and 32767",
        "integer ~ 2147483648 ~ it is not between -2147483648 and 2147483647",
        "integer ~ 1.5 ~ it is not a whole number",
        "integer ~ 1e-400 ~ it is not a whole number",
        "integer ~ \"1\" ~ it is not a number",
        "integer ~ true ~ it is not a number",
        "bigint ~ 9223372036854775808 ~ it is not between",
        "bigint ~ 1e300 ~ it is not between",
        "bigint ~ 1e999999999 ~ it has more than 1000 digits",
        "real ~ 1e39 ~ it is too large",
        "double precision ~ 1e400 ~ it is too large",
        "double precision ~ \"far\" ~ it is not a number",
        "numeric ~ 1e-20000 ~ it has more than 1000 digits",
        "boolean ~ 1 ~ it is neither true nor false",
        "text ~ 5 ~ it is not a string",
        "text ~ [\"a\"] ~ it is not a string",
        "text ~ \"a\\u0000b\" ~ it contains the character \\u0000",
        "text ~ \"\\ud83d\" ~ it contains half a surrogate pair",
        "text ~ \"\\udeb4\\ud83d\" ~ it contains half a surrogate pair",
        "date ~ \"2023-02-29\" ~ there is no such day",
        "date ~ \"0000-01-01\" ~ there is no such day",
        "date ~ \"2023-1-1\" ~ it is not a date",
        "timestamp ~ \"2022-06-17T09:36:46+02:00\" ~ it has an offset, so it is not a local time",
        "timestamp ~ \"2022-06-17T24:00:00Z\" ~ there is no such time of day",
        "timestamptz ~ \"2022-06-17T09:36:46\" ~ it has neither Z nor an offset",
        "timestamptz ~ \"2022-06-17T09:36:46.Z\" ~ it is not a date and time",
        "timestamptz ~ 1655455006 ~ it is not a date and time",
        "uuid ~ \"a0eebc99\" ~ it is not a UUID",
        "jsonb ~ {\"a\":[\"\\u0000\"]} ~ it contains the character \\u0000",
        "bigint ~ 1e9999999999999999999 ~ it has more than 1000 digits",
        "numeric ~ 1e9999999999999999999 ~ it has more than 1000 digits",
        "jsonb ~ [1e-9999999999999999999] ~ it has more than 1000 digits",
        "double precision ~ 1e9999999999999999999 ~ it is too large",
        "real ~ 1e9999999999999999999 ~ it is too large",
        "numeric[] ~ [1,1e1000] ~ it has more than 1000 digits",
        "jsonb ~ 1e999999 ~ it has more than 1000 digits",
        "integer[] ~ [1,\"2\"] ~ it is not a number",
        "integer[] ~ [[1]] ~ it is not a number",
        "integer[] ~ 1 ~ it is not a list",
      })
  void namesColumnValueAndReasonOfARejectedValue(String type, String json, String reason) {
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append(type, HEAD + ",\"data\":{\"id\":1,\"value\":" + json + "}}"))
        .withMessageStartingWith("column \"value\" cannot hold ")
        .withMessageContaining(reason);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ",\"data\":{\"value\":1}} ~ column \"id\": it is missing, and a row must have it",
        ",\"data\":{\"id\":1,\"x\":\"\\u0000\"}} ~ column \"_rest\": it contains the character",
        ",\"data\":{\"id\":1,\"\\u0000\":1}} ~ column \"_rest\": it contains the character",
        ",\"data\":[1]} ~ the record is not an object",
        ",\"data\":{\"id\":1} ~ the line is not valid JSON",
        ",\"data\":{\"id\":1,}} ~ the line is not valid JSON",
        ",\"data\":{\"id\":1}} {} ~ something follows the record on its line",
        ",\"data\":{\"id\":2}} ~ column \"id\": it differs from the key in the envelope",
        ",\"key\":[1],\"data\":{\"id\":1}} ~ its envelope has \"key\" where \"data\" belongs",
        ",\"data\":{\"id\":1},\"key\":[1]} ~ its envelope has \"key\" after its end",
        "} ~ its envelope has no \"data\"",
      })
  void saysWhyALineIsNotARecord(String tail, String reason) {
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("integer", HEAD + tail))
        .withMessageContaining(reason);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "\"ann\" ~ \"bob\" ~ the record is of account \"bob\" but is in a part of \"ann\"",
        "\"ann\" ~ null ~ the record is of account \"null\" but is in a part of \"ann\"",
        "[1] ~ 1 ~ its key is not a list",
        "[1] ~ [1,2] ~ its key has 2 values, the table's 1",
        "[1] ~ [] ~ its key has 0 values, the table's 1",
        "[1] ~ [2] ~ column \"id\": it differs from the key in the envelope",
        "[1] ~ [1.25] ~ column \"id\" cannot hold 1.25: it is not a whole number",
        "[1] ~ [null] ~ column \"id\": it is missing, and a row must have it",
        "[1] ~ [1e99] ~ column \"id\" cannot hold 1e99: it is not between",
        "\"upsert\" ~ \"reject\" ~ its op is \"reject\", not upsert or delete",
        "\"2026-10-31T05:00:00Z\" ~ \"today\" ~ column \"_extracted_at\" cannot hold \"today\"",
        "\"2026-10-31T05:00:00Z\" ~ null ~ column \"_extracted_at\": it is missing",
        "\"key\":[1], ~ `` ~ its envelope has \"extracted_at\" where \"key\" belongs",
      })
  void saysWhatIsWrongWithAnEnvelope(String was, String is, String reason) {
    String line = (HEAD + ",\"data\":{\"id\":1}}").replace(was, is == null ? "" : is);
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("integer", line))
        .withMessageContaining(reason);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ",\"data\":{\"id\":1,\"value\":\"a\u00C1\u0081\"}} ~ column \"value\": its byte",
        ",\"data\":{\"id\":1,\"value\":[\"a\",{\"b\":\"\u00C1\u0081\"}]}} ~ column \"value\": its byte",
        ",\"data\":{\"id\":1,\"x\":{\"y\":[\"\u00C1\u0081\"]}}} ~ column \"_rest\": its byte",
        ",\"data\":{\"id\":1,\"\u00C1\u0081\":2}} ~ column \"_rest\": its byte",
        ",\"data\":{\"id\":1,\"known\":{\"a\":\"\u00C1\u0081\"}}} ~ column \"known.a\": its byte",
        ",\"key\":[\"\u00C1\u0081\"]} ~ the envelope's \"key\": its byte",
        ",\u00C1\u0081} ~ the line is not valid JSON: its byte",
      })
  void namesTheColumnOfBytesThatAreNotUtf8(String tail, String reason) {
    byte[] bytes = (HEAD + tail).getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> Things.append(Things.projection("bigint", "jsonb"), bytes))
        .withMessageContaining(reason)
        .withMessageContaining(", C1, is not valid UTF-8");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"value,value", "x,_rest"})
  void namesTheColumnOfANumberLongerThanAnyColumnHolds(String member, String column) {
    String number = "1".repeat(200_000);
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() ->
            append("numeric", HEAD + ",\"data\":{\"id\":1,\"%s\":%s}}".formatted(member, number)))
        .withMessageStartingWith("column \"%s\": it exceeds a limit: ".formatted(column));
  }

  @Test
  void shortensALongValueButNeverInsideACharacter() {
    String json = "\"" + "x".repeat(98) + "🚴🚴" + "\"";
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("integer", HEAD + ",\"data\":{\"id\":1,\"value\":" + json + "}}"))
        .withMessage(
            "column \"value\" cannot hold \"%s…: it is not a number".formatted("x".repeat(98)));
  }

  @Test
  void shortensAReasonThatNamesSomethingLongAndShowsNoControlCharacters() {
    String account = "\\n" + "n".repeat(60_000);
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("integer", HEAD.replace("ann", account) + ",\"data\":{\"id\":1}}"))
        .withMessageMatching("the record is of account \"\\?n{200,}…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void refusesALineInAnotherEncoding(String charset) {
    byte[] line = (HEAD + ",\"data\":{\"id\":1,\"x\":2}}").getBytes(Charset.forName(charset));
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> Things.append(Things.projection("bigint", "integer"), line))
        .withMessageStartingWith("the line is not valid JSON: ");
  }

  @Test
  void refusesAKeyThatPostgresCouldNotIndex() throws Unfit {
    String line = HEAD.replace("[1]", "[\"KEY\"]") + ",\"data\":{\"id\":\"KEY\"}}";
    append("text", "integer", line.replace("KEY", KEY));
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("text", "integer", line.replace("KEY", KEY + "k")))
        .withMessage("its key is longer than 1000 bytes");
  }

  @Test
  void namesTheRestIfTheNameOfAMemberIsTooLong() {
    String name = "n".repeat(60_000);
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(
            () -> append("integer", HEAD + ",\"data\":{\"id\":1,\"%s\":2}}".formatted(name)))
        .withMessageStartingWith("column \"_rest\": it exceeds a limit: Name length (60000)");
  }

  @Test
  void saysNothingOfTheInsideOfTheParser() {
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append("integer", HEAD + ",\"data\":{\"id\":1,\"x\":[1"))
        .withMessage(
            "the line is not valid JSON: Unexpected end-of-input: expected close marker for Array");
  }

  @Test
  void doesNotCountWhatItSawInARejectedLine() throws Unfit {
    Projection things = Things.projection("bigint", "integer");
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(
            () -> Things.append(things, HEAD + ",\"data\":{\"id\":1,\"x\":1,\"value\":true}}"));
    Things.append(things, HEAD + ",\"data\":{\"id\":1,\"y\":1}}");
    assertThat(things.tables().getFirst().drift()).containsOnlyKeys("y");
  }

  @Test
  void aRejectedLineLeavesNoByteBehind() throws Unfit {
    Projection things = Things.projection("bigint", "integer");
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> Things.append(things, HEAD + ",\"data\":{\"id\":1,\"value\":\"x\"}}"));
    assertThat(Things.waiting(things)).isZero();
    assertThat(Things.append(things, HEAD + ",\"data\":{\"id\":1,\"value\":2}}")).isPositive();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "bigint ~ 1 ~ 1.0",
        "bigint ~ 1000 ~ 1e3",
        "numeric ~ 1.5 ~ 1.50",
        "numeric ~ -1.5 ~ -1.500000",
        "numeric ~ 1 ~ 1.00000",
        "numeric ~ 0 ~ 0.00",
        "numeric ~ 123456789.5 ~ 1234567895E-1",
        "text ~ \"é\" ~ \"\u00e9\"",
        "timestamptz ~ \"2026-10-31T05:00:00Z\" ~ \"2026-10-31T06:00:00+01:00\"",
      })
  void aKeyIsComparedByValueAndNotAsWritten(String type, String inEnvelope, String inRecord) {
    String line =
        HEAD.replace("[1]", "[" + inEnvelope + "]") + ",\"data\":{\"id\":" + inRecord + "}}";
    assertThatNoException().isThrownBy(() -> append(type, "integer", line));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({"numeric,1.5,1.51", "numeric,15,1.5", "numeric,1,-1", "numeric,1,10000"})
  void otherNumbersAreOtherKeys(String type, String inEnvelope, String inRecord) {
    String line =
        HEAD.replace("[1]", "[" + inEnvelope + "]") + ",\"data\":{\"id\":" + inRecord + "}}";
    assertThatExceptionOfType(Unfit.class)
        .isThrownBy(() -> append(type, "integer", line))
        .withMessage("column \"id\": it differs from the key in the envelope");
  }

  @Test
  void theLastOccurrenceOfARepeatedMemberCounts() {
    assertThatNoException()
        .isThrownBy(
            () -> append("integer", HEAD + ",\"data\":{\"id\":null,\"id\":1,\"value\":2}}"));
  }

  private static void append(String type, String line) throws Unfit {
    append("bigint", type, line);
  }

  private static void append(String keyType, String type, String line) throws Unfit {
    assertThat(Things.append(Things.projection(keyType, type), line)).isPositive();
  }
}
