package dev.paceline.extract.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

  @Test
  void splitsAnArrayIntoRecordsTokenForToken() throws IOException {
    String first = "{\"id\":7322776451,\"distance\":1.50E+3,\"name\":\"caf\\u00e9  \\\" } [\"}";
    String second = "{\"name\":\"🏃 \",\"id\":2}";

    List<SourceRecord> records = split(" [ " + first + " ,\n" + second + " ] ");

    assertThat(records).extracting(SourceRecord::key).containsExactly("[7322776451]", "[2]");
    assertThat(records).extracting(RecordsTest::raw).containsExactly(first, second);
  }

  @Test
  void removesOnlyWhiteSpaceBetweenTokens() throws IOException {
    List<SourceRecord> records =
        split("{ \"id\" : 1 ,\r\n\t\"name\" : \"two  blanks, a \\\\\" , \"a\" : [ 1 , 2 ] }");

    assertThat(raw(records.getFirst()))
        .isEqualTo("{\"id\":1,\"name\":\"two  blanks, a \\\\\",\"a\":[1,2]}");
  }

  @Test
  void treatsAnObjectAsOneRecord() throws IOException {
    assertThat(split("{\"id\":1}")).hasSize(1);
    assertThat(split("[]")).isEmpty();
  }

  @Test
  void buildsAKeyFromSeveralMembers() throws IOException {
    List<SourceRecord> records =
        Records.split(
            JsonSlice.of(bytes("{\"day\":\"2026-01-01\",\"rank\":3}")), List.of("day", "rank"));

    assertThat(records.getFirst().key()).isEqualTo("[\"2026-01-01\",3]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "\"text\"",
        "<html>",
        "[1]",
        "[{\"id\":1}",
        "[{\"id\":1}] x",
        "{\"id\":1",
        "[{\"id\":1},2]",
        "{\"name\":\"no key\"}",
        "{\"id\":null}",
        "{\"id\":[1]}",
        "[{\"id\":1},]",
        "[,{\"id\":1}]",
        "[{\"id\":1} {\"id\":2}]",
        "[{\"id\":1]",
        "[{\"id\":1}}",
        "{\"id\":1]",
        "{\"id\" 1}",
        "{\"id\":1}{",
        "{\"id\":1,\"a\":\"\\",
        "{\"id\":1,\"a\":\"\\\"}",
        "{\u0000}\u0000"
      })
  void refusesBodiesWithoutRecords(String response) {
    assertThatThrownBy(() -> split(response)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,"b":2}         | {"b":2,"a":1}
          {"a":1}               | {"a":1.0}
          {"a":100}             | {"a":1e2}
          {"a":0}               | {"a":-0.00}
          {"a":1}               | {"a":1,"b":null}
          {"a":1}               | {"a":1,"b":[]}
          {"a":{"x":1,"y":[]}}  | {"a":{"y":null,"x":1}}
          {"a":"é"}             | {"a":"\\u00e9"}
          """)
  void hashesTheMeaning(String one, String other) {
    assertThat(hash(one)).isEqualTo(hash(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1}        | {"a":2}
          {"a":1}        | {"a":"1"}
          {"a":[1,2]}    | {"a":[2,1]}
          {"a":0.1}      | {"a":0.10000000000000001}
          {"a":true}     | {"a":"true"}
          {"a":"1,b:2"}  | {"a":"1","b":2}
          {"a":{}}       | {"a":null}
          """)
  void hashesDifferentRecordsDifferently(String one, String other) {
    assertThat(hash(one)).isNotEqualTo(hash(other));
  }

  @Test
  void refusesMoreRecordsThanTheHeapCarries() throws IOException {
    String record = "{\"id\":1},";
    String most = "[" + record.repeat(Records.MAX_PER_RESPONSE - 1) + "{\"id\":2}]";

    assertThat(split(most)).hasSize(50_000);
    assertThatThrownBy(() -> split(most.replace("[", "[" + record)))
        .isInstanceOf(IOException.class)
        .hasMessage("it has more than 50000 records");
  }

  @Test
  void ignoresAByteOrderMark() throws IOException {
    assertThat(split("\uFEFF[{\"id\":1}]"))
        .extracting(RecordsTest::raw)
        .containsExactly("{\"id\":1}");
  }

  /// Each of them gets past the parser, at least here.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":2,\"a\":\"\u00C1\u0081\"}",
        "{\"id\":2,\"a\":\"\u00ED\u00A0\u0080\"}",
        "{\"id\":2,\"\u00FFa\"\t:{\"\":null},\"}]\":0}"
      })
  void aRecordThatIsNotUtf8IsAMisfitAndTheOthersAreRead(String record) throws IOException {
    byte[] page = ("[" + record + ",{\"id\":3}]").getBytes(StandardCharsets.ISO_8859_1);
    List<SourceRecord> records = Records.split(JsonSlice.of(page), List.of("id"));
    assertThat(records).extracting(SourceRecord::key).containsExactly("[2]", "[3]");
    assertThat(records.getFirst().misfit())
        .isNotNull()
        .extracting(Misfit::reason)
        .asString()
        .endsWith("is not valid UTF-8");
    assertThat(records.getLast().misfit()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void refusesAnotherEncoding(String charset) {
    byte[] response = "[{\"id\":1}]".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> Records.split(JsonSlice.of(response), List.of("id")))
        .isInstanceOf(MalformedJson.class);
  }

  private static String hash(String json) {
    return CanonicalHash.of(json);
  }

  private static List<SourceRecord> split(String response) throws IOException {
    return Records.split(JsonSlice.of(bytes(response)), List.of("id"));
  }

  private static String raw(SourceRecord record) {
    return new String(record.raw(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
